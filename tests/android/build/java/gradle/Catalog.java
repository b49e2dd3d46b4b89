// SPDX-License-Identifier: MIT-0

import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code libs} in a build script: what Gradle makes of gradle/libs.versions.toml. A name that is
 * not there is refused.
 */
public final class Catalog extends GroovyObjectSupport {
    private final Map<String, Object> entries;
    private final String path;

    Catalog(Map<String, Object> entries, String path) {
        this.entries = entries;
        this.path = path;
    }

    /** Reads lines of {@code name.of.alias=value}. */
    static Map<String, Object> read(Path file) throws IOException {
        Map<String, Object> entries = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("=", 2);
            entries.put(parts[0], parts[1]);
        }
        return entries;
    }

    @Override
    public Object getProperty(String name) {
        String alias = path.equals("libs") ? name : path.substring("libs.".length()) + "." + name;
        Object value = entries.get(alias);
        if (value != null) {
            return alias.startsWith("versions.") ? new Version(value.toString()) : value;
        }
        boolean isGroup = entries.keySet().stream().anyMatch(key -> key.startsWith(alias + "."));
        if (!isGroup) {
            throw new MissingPropertyException(name, Catalog.class);
        }
        return new Catalog(entries, "libs." + alias);
    }

    /** A version, which a build script reads with {@code get()}. */
    public static final class Version {
        private final String value;

        Version(String value) {
            this.value = value;
        }

        /** The version as it stands in the catalogue. */
        public String get() {
            return value;
        }
    }
}
