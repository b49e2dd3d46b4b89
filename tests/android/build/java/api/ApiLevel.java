// SPDX-License-Identifier: MIT-0

import org.codehaus.mojo.animal_sniffer.Clazz;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;
import org.objectweb.asm.ClassReader;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints what class files refer to and an Android version's public API does not have, one to a
 * line.
 *
 * <p>Arguments: the signature file of that version, the packages that are no part of it ({@code
 * org.example.*}, separated by commas), the folders of the sources (separated as a class path),
 * then the folders of class files.
 */
public final class ApiLevel {
    private ApiLevel() {}

    /** See the class. Ends with 0 whatever was found. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Clazz> known;
        try (InputStream signatures = Files.newInputStream(Path.of(arguments[0]))) {
            known = SignatureChecker.loadClasses(signatures);
        }
        List<String> ignored = Arrays.asList(arguments[1].split(","));
        List<File> sources = new ArrayList<>();
        for (String folder : arguments[2].split(File.pathSeparator)) {
            sources.add(new File(folder));
        }
        Logger log = new PrintWriterLogger(System.out);
        SignatureChecker checker = new SignatureChecker(known, new HashSet<>(ignored), log);
        checker.setSourcePath(sources);
        for (int i = 3; i < arguments.length; i++) {
            checker.process(Path.of(arguments[i]));
            checkParents(Path.of(arguments[i]), known.keySet(), ignored, sources);
        }
    }

    /** What a class extends and implements, which animal-sniffer takes for granted. */
    private static void checkParents(
            Path folder, Set<String> known, List<String> ignored, List<File> sources)
            throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files =
                    walk.filter(path -> path.toString().endsWith(".class"))
                            .sorted()
                            .collect(Collectors.toList());
        }
        for (Path file : files) {
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            List<String> parents = new ArrayList<>(Arrays.asList(reader.getInterfaces()));
            if (reader.getSuperName() != null) {
                parents.add(reader.getSuperName());
            }
            for (String parent : parents) {
                String name = parent.replace('/', '.');
                boolean own = ignored.stream().anyMatch(p -> name.startsWith(p.replace("*", "")));
                if (!own && !known.contains(parent)) {
                    System.out.println(
                            "[ERROR] " + source(reader, sources) + ":1: " + name.replace('$', '.'));
                }
            }
        }
    }

    private static File source(ClassReader reader, List<File> sources) {
        String name = reader.getClassName().replaceAll("\\$.*", "") + ".java";
        return sources.stream()
                .map(root -> new File(root, name))
                .filter(File::exists)
                .findFirst()
                .orElse(new File(name));
    }
}
