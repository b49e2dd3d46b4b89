// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder {@code generated/} of a project, and which of its files go where in a build.
 *
 * <pre>
 * generated/model.*       assets/model.*
 * generated/java/…        java/…
 * generated/test/…        testData/test/…
 * generated/goldens/…     testData/goldens/…
 * </pre>
 */
final class GeneratedFolder {
    private final Path folder;

    GeneratedFolder(File project) {
        this.folder = project.toPath().resolve(Export.GENERATED);
    }

    /** Whether there is an exported model. */
    boolean hasModel() {
        return !models().isEmpty();
    }

    /** Makes the three folders hold what belongs in them, and nothing else. */
    void copyTo(File assets, File java, File testData) {
        copy(models(), assets.toPath());
        copy(files(folder.resolve("java"), ""), java.toPath());
        copy(testData(), testData.toPath());
    }

    /** Whether the three folders hold what {@link #copyTo} would give them, byte for byte. */
    boolean isCopiedTo(File assets, File java, File testData) {
        return isCopy(models(), assets.toPath())
                && isCopy(files(folder.resolve("java"), ""), java.toPath())
                && isCopy(testData(), testData.toPath());
    }

    /** Makes {@code java} hold the sources that {@link #copyTo} put into {@code testData}. */
    static void copyTestSources(File testData, File java) {
        copy(files(testData.toPath().resolve("test/java"), ""), java.toPath());
    }

    private Map<String, Path> models() {
        Map<String, Path> found = new TreeMap<>();
        listed(folder, false)
                .forEach(
                        path -> {
                            String name = path.getFileName().toString();
                            if (name.startsWith("model.")) {
                                found.put(name, path);
                            }
                        });
        return found;
    }

    private Map<String, Path> testData() {
        Map<String, Path> found = files(folder.resolve("goldens"), "goldens/");
        found.putAll(files(folder.resolve("test"), "test/"));
        return found;
    }

    private static Map<String, Path> files(Path root, String to) {
        Map<String, Path> found = new TreeMap<>();
        listed(root, true).forEach(path -> found.put(to + relative(root, path), path));
        return found;
    }

    private static void copy(Map<String, Path> files, Path into) {
        try {
            Files.createDirectories(into);
            for (Path path : listed(into, true)) {
                if (!files.containsKey(relative(into, path))) {
                    Files.delete(path);
                }
            }
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path target = into.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.copy(file.getValue(), target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static boolean isCopy(Map<String, Path> files, Path folder) {
        List<String> names =
                listed(folder, true).stream()
                        .map(path -> relative(folder, path))
                        .sorted()
                        .collect(Collectors.toList());
        if (!names.equals(new ArrayList<>(files.keySet()))) {
            return false;
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!haveSameContent(file.getValue(), folder.resolve(file.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSameContent(Path one, Path two) {
        try {
            if (Files.size(one) != Files.size(two)) {
                return false;
            }
            try (InputStream first = open(one);
                    InputStream second = open(two)) {
                for (int b = first.read(); b >= 0; b = first.read()) {
                    if (b != second.read()) {
                        return false;
                    }
                }
                return true;
            }
        } catch (IOException gone) {
            return false;
        }
    }

    private static InputStream open(Path path) throws IOException {
        return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }

    /** The files in a folder, or below it; none where there is no folder. */
    private static List<Path> listed(Path folder, boolean below) {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> paths = Files.walk(folder, below ? Integer.MAX_VALUE : 1)) {
            return paths.filter(Files::isRegularFile).collect(Collectors.toList());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
