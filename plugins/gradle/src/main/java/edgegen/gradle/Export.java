// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import groovy.json.JsonException;
import groovy.json.JsonSlurper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The last export of a project: {@code generated/export.json}, in which edgegen writes down every
 * file that the model was made of.
 *
 * <p>A stamp that is missing or cannot be read lists nothing: edgegen exports anew then.
 */
final class Export {
    static final String MANIFEST = "edgegen.toml";
    static final String GENERATED = "generated";

    private final Path project;
    private final Map<?, ?> stamp;

    private Export(Path project, Map<?, ?> stamp) {
        this.project = project;
        this.stamp = stamp;
    }

    /** The last export of the project in {@code folder}. */
    static Export of(File folder) {
        File file = new File(folder, GENERATED + "/export.json");
        Map<?, ?> stamp = Collections.emptyMap();
        if (file.isFile()) {
            try {
                Object document = new JsonSlurper().parse(file, "UTF-8");
                stamp = document instanceof Map ? (Map<?, ?>) document : stamp;
            } catch (JsonException | IllegalArgumentException damaged) {
                // As if there were none.
            }
        }
        return new Export(folder.toPath(), stamp);
    }

    /**
     * Every file that the model depends on but the manifest: those of the last export, what lies in
     * the folder of calibration pictures, and all modules of the user's packages, because a new one
     * may be found in place of another. Sorted, absolute; a file that is gone is among them.
     */
    List<File> sources() {
        TreeSet<Path> files = new TreeSet<>();
        for (Object input : entries("inputs")) {
            addNamed(input, files);
        }
        for (Object folder : entries("packages")) {
            if (folder instanceof String) {
                addFiles(resolve((String) folder), true, files);
            }
        }
        Object calibration = stamp.get("calibration");
        Object pictures = calibration instanceof Map ? ((Map<?, ?>) calibration).get("path") : null;
        if (pictures instanceof String) {
            addFiles(resolve((String) pictures), false, files);
        }
        files.remove(resolve(MANIFEST));
        List<File> result = new ArrayList<>();
        files.forEach(path -> result.add(path.toFile()));
        return result;
    }

    /**
     * Whether {@link #sources} are those of today's manifest: which files a model depends on
     * follows from edgegen.toml and from what the user's modules import, so these must be
     * unchanged.
     */
    boolean listIsToday() {
        boolean hasManifest = false;
        for (Object entry : entries("inputs")) {
            Object name = entry instanceof Map ? ((Map<?, ?>) entry).get("path") : null;
            if (!(name instanceof String)) {
                return false;
            }
            Path path = resolve((String) name);
            boolean isManifest = path.equals(resolve(MANIFEST));
            hasManifest |= isManifest;
            if ((isManifest || path.toString().endsWith(".py")) && !isUnchanged(path, entry)) {
                return false;
            }
        }
        return hasManifest;
    }

    /** The first file that is not as it was for the last export; null where all are. */
    Path firstChange() {
        for (Object entry : entries("inputs")) {
            Object name = entry instanceof Map ? ((Map<?, ?>) entry).get("path") : null;
            if (name instanceof String && !isUnchanged(resolve((String) name), entry)) {
                return resolve((String) name);
            }
        }
        return null;
    }

    private Collection<?> entries(String key) {
        Object value = stamp.get(key);
        return value instanceof Collection ? (Collection<?>) value : Collections.emptyList();
    }

    private Path resolve(String name) {
        return project.resolve(name).normalize();
    }

    private void addNamed(Object entry, Collection<Path> into) {
        Object name = entry instanceof Map ? ((Map<?, ?>) entry).get("path") : null;
        if (name instanceof String) {
            into.add(resolve((String) name));
        }
    }

    /** Adds the files below {@code root}: all, or what edgegen takes for a package's modules. */
    private static void addFiles(Path root, boolean modules, Collection<Path> into) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new Collector(root, modules, into));
        } catch (IOException gone) {
            // Removed while it was listed: the export will say so.
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private static final Set<String> SKIPPED =
                Set.of("__pycache__", "node_modules", "build", "dist", "site-packages");

        private final Path root;
        private final boolean modules;
        private final Collection<Path> into;

        Collector(Path root, boolean modules, Collection<Path> into) {
            this.root = root;
            this.modules = modules;
            this.into = into;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!modules || folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            String name = folder.getFileName().toString();
            boolean foreign = name.startsWith(".") || SKIPPED.contains(name);
            return foreign || Files.isRegularFile(folder.resolve(MANIFEST))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!modules || file.toString().endsWith(".py")) {
                into.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isUnchanged(Path path, Object entry) {
        try {
            return sha256(path).equals(((Map<?, ?>) entry).get("sha256"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        StringBuilder text = new StringBuilder();
        for (byte b : digest.digest()) {
            text.append(String.format(Locale.ROOT, "%02x", b & 0xFF));
        }
        return text.toString();
    }
}
