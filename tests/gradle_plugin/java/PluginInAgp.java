// SPDX-License-Identifier: MIT-0
import com.android.build.api.dsl.LibraryExtension;
import com.android.build.api.variant.HasUnitTest;
import com.android.build.api.variant.LibraryAndroidComponentsExtension;
import com.android.build.api.variant.LibraryVariant;
import com.android.build.gradle.internal.SdkLocator;
import edgegen.gradle.EdgegenExtension;
import edgegen.gradle.EdgegenPlugin;
import edgegen.gradle.ExportModelTask;
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
 * Applies the Android Gradle Plugin and edgegen's to a module without a build file, runs the export
 * task's action, and prints what the module's variants would compile and package, as lines of KEY VALUE.
 *
 * <p>Arguments: the root of the build, the folder of the module, the edgegen.toml.
 */
public final class PluginInAgp {
    private PluginInAgp() {}

    public static void main(String[] arguments) {
        int code = 0;
        try {
            run(new File(arguments[0]), new File(arguments[1]), new File(arguments[2]));
        } catch (Throwable error) {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                System.out.println("error " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
            code = 1;
        }
        System.out.flush();
        System.exit(code); // AGP leaves threads behind.
    }

    private static void run(File root, File module, File manifest) {
        File home = new File(root, ".gradle-home");
        Project parent = ProjectBuilder.builder().withProjectDir(root).withGradleUserHomeDir(home).build();
        Project project =
                ProjectBuilder.builder()
                        .withName("model")
                        .withParent(parent)
                        .withProjectDir(module)
                        .withGradleUserHomeDir(home)
                        .build();
        // edgegen first: the order must not matter.
        project.getPluginManager().apply(EdgegenPlugin.class);
        project.getPluginManager().apply("com.android.library");
        LibraryExtension android = project.getExtensions().getByType(LibraryExtension.class);
        android.setNamespace("com.example.hello.model");
        android.setCompileSdk(34);
        android.getDefaultConfig().setMinSdk(24);
        project.getExtensions().getByType(EdgegenExtension.class).getManifest().set(manifest);

        List<LibraryVariant> variants = new ArrayList<>();
        LibraryAndroidComponentsExtension components =
                project.getExtensions().getByType(LibraryAndroidComponentsExtension.class);
        Action<LibraryVariant> keep = variants::add;
        components.onVariants(components.selector().all(), keep);
        // evaluate() wants a whole Gradle installation, and AGP an Android SDK unless it is being tested.
        SdkLocator.setSdkTestDirectory(root);
        ProjectInternal internal = (ProjectInternal) project;
        internal.getProjectEvaluationBroadcaster().afterEvaluate(internal, internal.getState());

        ExportModelTask task = (ExportModelTask) project.getTasks().getByName(EdgegenPlugin.TASK);
        print("sources", task.getSources().getFiles());
        print("version", List.of(task.getEdgegenVersion().get()));
        run(task);
        run((TaskInternal) project.getTasks().getByName(EdgegenPlugin.TEST_SOURCES_TASK));
        for (LibraryVariant variant : variants) {
            String name = variant.getName();
            print(name + ".java", inAll(variant.getSources().getJava().getAll().get()));
            List<Directory> assets = new ArrayList<>();
            variant.getSources().getAssets().getAll().get().forEach(assets::addAll);
            print(name + ".assets", inAll(assets));
            HasUnitTest tested = variant;
            if (tested.getUnitTest() != null) {
                print(name + ".testJava", inAll(tested.getUnitTest().getSources().getJava().getAll().get()));
            }
        }
        for (Map.Entry<String, Object> property : testProperties(project).entrySet()) {
            System.out.println(property.getKey() + " " + property.getValue());
        }
        JavaCompile compile = (JavaCompile) project.getTasks().getByName("compileReleaseJavaWithJavac");
        boolean depends = compile.getSource().getBuildDependencies().getDependencies(compile).contains(task);
        System.out.println("compile.dependsOnExport " + depends);
    }

    private static void run(TaskInternal task) {
        for (Action<? super Task> action : task.getActions()) {
            action.execute(task);
        }
        // Gradle hands out no output of a task that has not run.
        task.getState().setOutcome(TaskExecutionOutcome.EXECUTED);
    }

    private static Map<String, Object> testProperties(Project project) {
        Map<String, Object> found = new TreeMap<>();
        for (Test test : project.getTasks().withType(Test.class)) {
            found.put(test.getName(), test.getSystemProperties().get(EdgegenPlugin.GENERATED_PROPERTY));
        }
        return found;
    }

    private static Collection<File> inAll(Collection<Directory> folders) {
        Collection<File> files = new TreeSet<>();
        folders.forEach(folder -> files.addAll(folder.getAsFileTree().getFiles()));
        return files;
    }

    private static void print(String key, Collection<?> values) {
        values.forEach(value -> System.out.println(key + " " + value));
    }
}
