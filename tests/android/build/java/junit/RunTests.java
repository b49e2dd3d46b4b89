// SPDX-License-Identifier: MIT-0

import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles and runs the JUnit tests of a module several times, each time with some sources
 * replaced, in one JVM.
 *
 * <p>Arguments: a file with the folders of the sources, one to a line; the class path to compile
 * with; then the folder of each run, which holds the files to take in place of the module's (with
 * the same paths below their folders) and gets the class files. The tests see those class files and
 * nothing else but JUnit.
 *
 * <p>Prints, tab-separated: {@code RUN folder}, {@code ERROR message} where it does not compile,
 * {@code PASS test} and {@code FAIL test message}.
 */
public final class RunTests {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    private final List<Path> roots;
    private final String classPath;

    private RunTests(List<Path> roots, String classPath) {
        this.roots = roots;
        this.classPath = classPath;
    }

    /** See the class. Ends with 0 whatever the tests say. */
    public static void main(String[] arguments) throws Exception {
        List<Path> roots =
                Files.readAllLines(Path.of(arguments[0])).stream()
                        .map(Path::of)
                        .collect(Collectors.toList());
        RunTests runner = new RunTests(roots, arguments[1]);
        for (String folder : Arrays.asList(arguments).subList(2, arguments.length)) {
            say("RUN", folder);
            runner.run(Path.of(folder));
        }
        System.out.flush();
        System.exit(0);
    }

    private void run(Path folder) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> tests = new ArrayList<>();
        List<File> sources = new ArrayList<>();
        for (Path root : roots) {
            for (Path source : javaFiles(root)) {
                String name = root.relativize(source).toString();
                Path replaced = folder.resolve(name);
                sources.add((Files.exists(replaced) ? replaced : source).toFile());
                if (name.endsWith("Test.java")) {
                    tests.add(name.replace(".java", "").replace(File.separatorChar, '.'));
                }
            }
        }
        StringWriter complaints = new StringWriter();
        List<String> options =
                List.of(
                        "--release",
                        "11",
                        "-g",
                        "-nowarn",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString());
        boolean compiled =
                compiler.getTask(
                                complaints,
                                files,
                                null,
                                options,
                                null,
                                files.getJavaFileObjectsFromFiles(sources))
                        .call();
        if (!compiled) {
            say("ERROR", complaints.toString());
            return;
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?>[] loaded = new Class<?>[tests.size()];
            for (int i = 0; i < loaded.length; i++) {
                loaded[i] = loader.loadClass(tests.get(i));
            }
            JUnitCore core = new JUnitCore();
            core.addListener(new Printer());
            core.run(loaded);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static void say(String... words) {
        System.out.println(
                Stream.of(words)
                        .map(word -> word.replace("\t", " ").replace("\r", "").replace("\n", "\\n"))
                        .collect(Collectors.joining("\t")));
    }

    private static final class Printer extends RunListener {
        private boolean failed;

        @Override
        public void testStarted(Description test) {
            failed = false;
        }

        @Override
        public void testFailure(Failure failure) {
            failed = true;
            say(
                    "FAIL",
                    failure.getDescription().getDisplayName(),
                    String.valueOf(failure.getException()));
        }

        @Override
        public void testIgnored(Description test) {
            say("FAIL", test.getDisplayName(), "it is ignored");
        }

        @Override
        public void testFinished(Description test) {
            if (!failed) {
                say("PASS", test.getDisplayName());
            }
        }
    }
}
