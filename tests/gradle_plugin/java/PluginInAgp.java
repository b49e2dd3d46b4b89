// SPDX-License-Identifier: MIT-0
import com.android.build.api.dsl.CommonExtension;
import com.android.build.api.variant.AndroidComponentsExtension;
import com.android.build.api.variant.HasUnitTest;
import com.android.build.api.variant.Variant;
import com.android.build.gradle.internal.SdkLocator;
import edgegen.gradle.EdgegenExtension;
import edgegen.gradle.EdgegenPlugin;
import edgegen.gradle.ExportModelTask;
import groovy.json.JsonOutput;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gradle.api.Action;
import org.gradle.api.Project;
import org.gradle.api.Task;
import org.gradle.api.file.Directory;
import org.gradle.api.internal.TaskInternal;
import org.gradle.api.internal.project.ProjectInternal;
import org.gradle.api.internal.tasks.TaskExecutionOutcome;
import org.gradle.api.tasks.compile.JavaCompile;
import org.gradle.api.tasks.testing.Test;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * Applies the Android Gradle Plugin and edgegen's to modules without a build file, runs the tasks' own actions, and
 * prints what each module's variants would compile and package.
 *
 * <p>Arguments, for each module: the root of the build, the folder of the module, the edgegen.toml, the id of the Android
 * plugin. Printed, for each: a line {@code BUILD}, whatever the tasks log, and a line {@code RESULT} with a JSON document.
 */
public final class PluginInAgp {
    private PluginInAgp() {}

    /** See the class. */
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 4) {
            System.out.println("BUILD");
            Map<String, Object> result = new TreeMap<>();
            try {
                File[] files = {new File(arguments[i]), new File(arguments[i + 1]), new File(arguments[i + 2])};
                run(files[0], files[1], files[2], arguments[i + 3], result);
            } catch (Throwable error) {
                List<String> causes = new ArrayList<>();
                for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                    causes.add(cause.getMessage());
                }
                result.put("error", causes);
            }
            System.out.println("RESULT " + JsonOutput.toJson(result));
        }
        System.out.flush();
        System.exit(0); // AGP leaves threads behind.
    }

    private static void run(
            File root, File module, File manifest, String plugin, Map<String, Object> result) {
        File home = new File(root, ".gradle-home");
        Project parent =
                ProjectBuilder.builder().withProjectDir(root).withGradleUserHomeDir(home).build();
        Project project =
                ProjectBuilder.builder()
                        .withName("model")
                        .withParent(parent)
                        .withProjectDir(module)
                        .withGradleUserHomeDir(home)
                        .build();
        // edgegen first: the order must not matter.
        project.getPluginManager().apply(EdgegenPlugin.class);
        project.getPluginManager().apply(plugin);
        CommonExtension<?, ?, ?, ?, ?> android = project.getExtensions().getByType(CommonExtension.class);
        android.setNamespace("com.example.hello.model");
        android.setCompileSdk(34);
        android.getDefaultConfig().setMinSdk(24);
        project.getExtensions().getByType(EdgegenExtension.class).getManifest().set(manifest);

        List<Variant> variants = new ArrayList<>();
        AndroidComponentsExtension<?, ?, ?> components =
                project.getExtensions().getByType(AndroidComponentsExtension.class);
        keepVariants(components, variants);
        // evaluate() wants a whole Gradle installation, and AGP an Android SDK unless it is being tested.
        SdkLocator.setSdkTestDirectory(root);
        ProjectInternal internal = (ProjectInternal) project;
        internal.getProjectEvaluationBroadcaster().afterEvaluate(internal, internal.getState());

        ExportModelTask task = (ExportModelTask) project.getTasks().getByName(EdgegenPlugin.TASK);
        result.put("sources", paths(task.getSources().getFiles()));
        result.put("version", task.getEdgegenVersion().get());
        run(task);
        run((TaskInternal) project.getTasks().getByName(EdgegenPlugin.TEST_SOURCES_TASK));
        for (Variant variant : variants) {
            Map<String, Object> found = new TreeMap<>();
            found.put("java", inAll(variant.getSources().getJava().getAll().get()));
            List<Directory> assets = new ArrayList<>();
            variant.getSources().getAssets().getAll().get().forEach(assets::addAll);
            found.put("assets", inAll(assets));
            HasUnitTest tested = (HasUnitTest) variant;
            found.put("testJava", inAll(tested.getUnitTest().getSources().getJava().getAll().get()));
            result.put(variant.getName(), found);
        }
        for (Test test : project.getTasks().withType(Test.class)) {
            result.put(test.getName(), test.getSystemProperties().get(EdgegenPlugin.GENERATED_PROPERTY));
        }
        JavaCompile compile = (JavaCompile) project.getTasks().getByName("compileReleaseJavaWithJavac");
        boolean waits = compile.getSource().getBuildDependencies().getDependencies(compile).contains(task);
        result.put("compilingWaits", waits);
    }

    private static <V extends Variant> void keepVariants(
            AndroidComponentsExtension<?, ?, V> components, List<? super V> variants) {
        Action<V> keep = variants::add;
        components.onVariants(components.selector().all(), keep);
    }

    private static void run(TaskInternal task) {
        for (Action<? super Task> action : task.getActions()) {
            action.execute(task);
        }
        // Gradle hands out no output of a task that has not run.
        task.getState().setOutcome(TaskExecutionOutcome.EXECUTED);
    }

    private static List<String> inAll(Collection<Directory> folders) {
        Collection<File> files = new TreeSet<>();
        folders.forEach(folder -> files.addAll(folder.getAsFileTree().getFiles()));
        return paths(files);
    }

    private static List<String> paths(Collection<File> files) {
        List<String> paths = new ArrayList<>();
        files.forEach(file -> paths.add(file.getPath()));
        return paths;
    }
}
