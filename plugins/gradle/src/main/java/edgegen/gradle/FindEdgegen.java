// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.gradle.api.GradleException;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.provider.ValueSource;
import org.gradle.api.provider.ValueSourceParameters;

/**
 * Finds edgegen: by {@code edgegen.executable} or {@code edgegen.python} in local.properties, which
 * nobody commits, else on PATH.
 *
 * <p>What is named must work, and a mistake in it is an error; what is not on PATH is no error.
 */
public abstract class FindEdgegen implements ValueSource<EdgegenCommand, FindEdgegen.Parameters> {
    /** The path of the command {@code edgegen}, from the root of the build. */
    public static final String EXECUTABLE = "edgegen.executable";

    /** The path of a Python that has edgegen installed, from the root of the build. */
    public static final String PYTHON = "edgegen.python";

    /** Set to false, in local.properties or by -P, the committed model is used in any case. */
    public static final String EXPORT = "edgegen.export";

    private static final String VERSION_LINE = "edgegen, version ";

    /** What is known when the build is configured. */
    public interface Parameters extends ValueSourceParameters {
        /** The file local.properties in the root of the build; need not be there. */
        RegularFileProperty getLocalProperties();

        /** The environment's PATH. */
        Property<String> getPath();

        /** The Gradle property {@value FindEdgegen#EXPORT}. */
        Property<String> getExport();
    }

    @Override
    public EdgegenCommand obtain() {
        File file = getParameters().getLocalProperties().get().getAsFile();
        Properties properties = read(file);
        String export = getParameters().getExport().getOrElse(properties.getProperty(EXPORT, ""));
        if (export.trim().equals("false")) {
            return EdgegenCommand.none(EXPORT + " is false");
        }
        for (String key : Arrays.asList(EXECUTABLE, PYTHON)) {
            String value = properties.getProperty(key, "").trim();
            if (!value.isEmpty()) {
                File named = new File(value);
                named = named.isAbsolute() ? named : new File(file.getParentFile(), value);
                return check(key, named, file.getParentFile());
            }
        }
        File onPath = onPath();
        return onPath == null
                ? EdgegenCommand.none("edgegen is not on this machine")
                : check("PATH", onPath, file.getParentFile());
    }

    private static EdgegenCommand check(String key, File program, File folder) {
        List<String> command = new ArrayList<>(Collections.singletonList(program.getPath()));
        if (key.equals(PYTHON)) {
            Collections.addAll(command, "-m", "edgegen");
        }
        List<String> line = new ArrayList<>(command);
        line.add("--version");
        List<String> printed = new ArrayList<>();
        try {
            int code = EdgegenCommand.run(line, folder, printed::add);
            for (String text : printed) {
                if (code == 0 && text.startsWith(VERSION_LINE)) {
                    return EdgegenCommand.of(command, text.substring(VERSION_LINE.length()).trim());
                }
            }
        } catch (UncheckedIOException error) {
            printed.add(error.getCause().getMessage());
        }
        String where = key.equals("PATH") ? "PATH" : "local.properties: " + key;
        String said = printed.isEmpty() ? "it printed nothing" : printed.get(printed.size() - 1);
        throw new GradleException(
                String.format(
                        "%s: %s is no working edgegen (%s). Run \"%s\" to see more, or set"
                                + " %s=false in local.properties to use the committed model.",
                        where, program, said.trim(), String.join(" ", line), EXPORT));
    }

    private File onPath() {
        boolean windows = File.separatorChar == '\\';
        List<String> names =
                windows
                        ? Arrays.asList("edgegen.exe", "edgegen.cmd", "edgegen.bat")
                        : Collections.singletonList("edgegen");
        for (String folder : getParameters().getPath().getOrElse("").split(File.pathSeparator)) {
            for (String name : names) {
                File file = new File(folder, name);
                if (!folder.isEmpty() && file.isFile() && Files.isExecutable(file.toPath())) {
                    return file;
                }
            }
        }
        return null;
    }

    private static Properties read(File file) {
        Properties properties = new Properties();
        if (file.isFile()) {
            try (InputStream in = Files.newInputStream(file.toPath())) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException error) {
                throw new GradleException(file + " cannot be read: " + error.getMessage(), error);
            }
        }
        return properties;
    }
}
