// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gradle.api.GradleException;

/** How edgegen is called on this machine, or why it is not. */
public final class EdgegenCommand implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> command;
    private final String version;
    private final String whyNot;

    private EdgegenCommand(List<String> command, String version, String whyNot) {
        this.command = new ArrayList<>(command);
        this.version = version;
        this.whyNot = whyNot;
    }

    /** {@code command} and the version it gave itself. */
    static EdgegenCommand of(List<String> command, String version) {
        return new EdgegenCommand(command, version, "");
    }

    /** None, because of {@code whyNot}, which completes "the model is used as it is: …". */
    static EdgegenCommand none(String whyNot) {
        return new EdgegenCommand(Collections.emptyList(), "", whyNot);
    }

    /** Whether there is one. */
    public boolean isPresent() {
        return !command.isEmpty();
    }

    /** edgegen's version, such as 0.1.0; empty where there is no edgegen. */
    public String version() {
        return version;
    }

    /** Why there is none; empty where there is one. */
    public String whyNot() {
        return whyNot;
    }

    /**
     * Runs {@code edgegen export --if-changed} for the project in {@code folder}.
     *
     * @param progress gets each line that edgegen prints while it works
     * @throws GradleException with edgegen's own line, if it failed
     */
    void export(File folder, Consumer<String> progress) {
        List<String> line = new ArrayList<>(command);
        Collections.addAll(line, "export", "--project", folder.getPath(), "--if-changed");
        List<String> failure = new ArrayList<>();
        int code =
                run(
                        line,
                        folder,
                        text -> {
                            // What follows an error belongs to it: the name of the log file.
                            if (!failure.isEmpty() || text.startsWith("error: ")) {
                                failure.add(text);
                            } else {
                                progress.accept(text);
                            }
                        });
        if (code != 0) {
            String said = String.join("\n", failure);
            throw new GradleException(
                    said.isEmpty()
                            ? String.join(" ", line) + " ended with code " + code
                            : said.substring("error: ".length()));
        }
    }

    /**
     * Runs a command that asks nothing, and hands each line it prints to {@code lines}.
     *
     * @return its exit code
     * @throws UncheckedIOException if it cannot be started
     */
    static int run(List<String> command, File folder, Consumer<String> lines) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder);
        builder.redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PYTHONIOENCODING", "utf-8:replace");
        environment.put("PYTHONUNBUFFERED", "1");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        // On a thread of its own: a build that is cancelled interrupts this one.
        Thread reader = new Thread(() -> read(process, lines), "edgegen output");
        reader.start();
        try {
            int code = process.waitFor();
            reader.join();
            return code;
        } catch (InterruptedException cancelled) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new GradleException("edgegen was interrupted", cancelled);
        }
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            // The process was stopped; its exit code tells.
        }
    }
}
