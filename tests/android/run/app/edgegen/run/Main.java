package edgegen.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs test classes and writes one line per test to a file: {@code method \t ok|failed \t message}.
 *
 * <p>Arguments: the report's file, then the classes' names. The exit code is 0 whatever the tests
 * said: a missing line is a test that did not end.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Report report = new Report();
        JUnitCore core = new JUnitCore();
        core.addListener(report);
        for (int i = 1; i < arguments.length; i++) {
            core.run(Class.forName(arguments[i]));
        }
        report.write(Path.of(arguments[0]));
        // Robolectric's and the app's own threads would keep the JVM for a while.
        System.exit(0);
    }

    private static final class Report extends RunListener {
        private final List<String> lines = new ArrayList<>();
        private String failure;

        @Override
        public void testStarted(Description test) {
            failure = null;
        }

        @Override
        public void testFailure(Failure failed) {
            failure = escaped(failed.getException());
            if (failed.getDescription().getMethodName() == null) {
                lines.add(failed.getDescription().getClassName() + "\tfailed\t" + failure);
            }
        }

        @Override
        public void testFinished(Description test) {
            String outcome = failure == null ? "ok\t" : "failed\t" + failure;
            lines.add(test.getMethodName() + "\t" + outcome);
        }

        void write(Path file) throws IOException {
            Files.write(file, lines, StandardCharsets.UTF_8);
        }

        private static String escaped(Throwable problem) {
            StringWriter text = new StringWriter();
            problem.printStackTrace(new PrintWriter(text, true));
            return text.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ");
        }
    }
}
