// SPDX-License-Identifier: MIT-0
import groovy.json.JsonOutput;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Runs settings.gradle files with Groovy itself and prints, a line of JSON for each, what they call: the witness for an
 * editor that only reads them. What Gradle would do with the calls does not matter; every name answers.
 *
 * <p>Arguments: the files.
 */
public final class EvaluateSettings {
    private EvaluateSettings() {}

    /** See the class. */
    public static void main(String[] arguments) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DelegatingScript.class.getName());
        for (String argument : arguments) {
            Recorder recorder = new Recorder();
            Map<String, Object> result = new LinkedHashMap<>();
            try {
                Binding names = new Binding();
                names.setVariable("rootProject", recorder);
                names.setVariable("settings", recorder);
                GroovyShell shell = new GroovyShell(names, configuration);
                DelegatingScript script = (DelegatingScript) shell.parse(new File(argument));
                script.setDelegate(recorder);
                script.run();
                result.put("included", recorder.included);
                result.put("builds", recorder.builds);
                result.put("blocks", recorder.blocks);
            } catch (Exception | Error problem) {
                result.put("error", String.valueOf(problem.getMessage()));
            }
            System.out.println(JsonOutput.toJson(result));
        }
    }

    /** Answers every name with itself, runs every block, and keeps what is included. */
    public static final class Recorder extends GroovyObjectSupport {
        final List<String> included = new ArrayList<>();
        final List<String> builds = new ArrayList<>();
        final List<String> blocks = new ArrayList<>();
        private String block = "";

        @Override
        public Object invokeMethod(String name, Object given) {
            Object[] arguments = given instanceof Object[] ? (Object[]) given : new Object[] {given};
            if (name.equals("include")) {
                Arrays.stream(arguments).forEach(argument -> included.add(argument.toString()));
            } else if (name.equals("includeBuild")) {
                builds.add(block + arguments[0]);
            }
            Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
            if (last instanceof Closure) {
                Closure<?> closure = (Closure<?>) last;
                String outer = block;
                if (outer.isEmpty()) {
                    blocks.add(name);
                }
                block = outer.isEmpty() ? name + ": " : outer;
                closure.setDelegate(this);
                closure.setResolveStrategy(Closure.DELEGATE_FIRST);
                closure.call(this);
                block = outer;
            }
            return this;
        }

        @Override
        public Object getProperty(String name) {
            return this;
        }

        @Override
        public void setProperty(String name, Object value) {
            // Nothing of it is looked at.
        }
    }
}
