// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import com.android.build.api.variant.AndroidComponentsExtension;
import com.android.build.api.variant.HasUnitTest;
import com.android.build.api.variant.SourceDirectories;
import com.android.build.api.variant.Sources;
import com.android.build.api.variant.UnitTest;
import com.android.build.api.variant.Variant;
import java.io.File;
import java.util.List;
import org.gradle.api.Action;
import org.gradle.api.Plugin;
import org.gradle.api.Project;
import org.gradle.api.file.Directory;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.provider.Provider;
import org.gradle.api.provider.ProviderFactory;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskProvider;
import org.gradle.api.tasks.testing.Test;

/**
 * Keeps the model of an Android module fresh and adds it to every variant.
 *
 * <pre>{@code
 * plugins {
 *     id 'com.android.library'
 *     id 'edgegen'
 * }
 *
 * edgegen {
 *     manifest = file('edgegen.toml')
 * }
 * }</pre>
 *
 * <p>One task, {@value #TASK}, calls {@code edgegen export --if-changed} and copies what came of it
 * into the build's own folder: the model becomes an asset, the generated sources are compiled, the
 * goldens are there for the JVM tests (system property {@value #GENERATED_PROPERTY}). The folder
 * {@code generated/} itself is committed, and a build without edgegen uses it as it is.
 *
 * <p>Nothing is asked for while the build is configured: where edgegen is, which version it has and
 * which files the model depends on are found when the task is about to run, also when the
 * configuration comes from Gradle's cache.
 */
public final class EdgegenPlugin implements Plugin<Project> {
    /** The task's name. */
    public static final String TASK = "exportEdgegenModel";

    /** The name of the task that takes out the sources of the JVM tests. */
    public static final String TEST_SOURCES_TASK = "copyEdgegenTestSources";

    /** The system property that tells the JVM tests where the folder with the goldens is. */
    public static final String GENERATED_PROPERTY = "edgegen.generated";

    @Override
    public void apply(Project project) {
        EdgegenExtension extension =
                project.getExtensions().create("edgegen", EdgegenExtension.class);
        extension
                .getManifest()
                .convention(project.getLayout().getProjectDirectory().file(Export.MANIFEST));
        TaskProvider<ExportModelTask> task =
                project.getTasks()
                        .register(
                                TASK,
                                ExportModelTask.class,
                                it -> configure(it, project, extension));
        // Every Android plugin applies this one, and a module may apply them in any order.
        project.getPlugins().withId("com.android.base", plugin -> addToVariants(project, task));
    }

    private static void configure(
            ExportModelTask task, Project project, EdgegenExtension extension) {
        ProviderFactory providers = project.getProviders();
        task.setGroup("build");
        task.setDescription("Exports the model again if its sources changed.");
        task.getManifest().set(extension.getManifest());
        Provider<List<File>> sources =
                providers.of(
                        ModelSources.class,
                        spec -> spec.getParameters().getManifest().set(extension.getManifest()));
        task.getSources().from(sources);
        Provider<EdgegenCommand> command =
                providers.of(
                        FindEdgegen.class,
                        spec -> {
                            FindEdgegen.Parameters parameters = spec.getParameters();
                            parameters
                                    .getLocalProperties()
                                    .set(new File(project.getRootDir(), "local.properties"));
                            parameters.getPath().set(providers.environmentVariable("PATH"));
                            parameters
                                    .getExport()
                                    .set(providers.gradleProperty(FindEdgegen.EXPORT));
                        });
        task.getCommand().set(command);
        task.getEdgegenVersion().set(command.map(EdgegenCommand::version));
        // Where a module has variants, the Android plugin names the folders that it compiles.
        DirectoryProperty build = project.getLayout().getBuildDirectory();
        task.getAssets().convention(build.dir("edgegen/assets"));
        task.getJava().convention(build.dir("edgegen/java"));
        task.getTestData().convention(testDataFolder(project));
    }

    private static Provider<Directory> testDataFolder(Project project) {
        return project.getLayout().getBuildDirectory().dir("edgegen/testData");
    }

    private static void addToVariants(Project project, TaskProvider<ExportModelTask> task) {
        AndroidComponentsExtension<?, ?, ?> components =
                project.getExtensions().getByType(AndroidComponentsExtension.class);
        Provider<Directory> testData = task.flatMap(ExportModelTask::getTestData);
        TaskProvider<TestSourcesTask> testSources =
                project.getTasks()
                        .register(
                                TEST_SOURCES_TASK,
                                TestSourcesTask.class,
                                it -> it.getTestData().set(testData));
        onVariants(components, variant -> add(variant, task, testSources));
        project.getTasks()
                .withType(Test.class)
                .configureEach(
                        test -> {
                            test.getInputs()
                                    .dir(testData)
                                    .withPropertyName("edgegenTestData")
                                    .withPathSensitivity(PathSensitivity.RELATIVE);
                            test.systemProperty(
                                    GENERATED_PROPERTY, testDataFolder(project).get().toString());
                        });
    }

    /** Names the variants' type, by which the compiler chooses between two methods. */
    private static <V extends Variant> void onVariants(
            AndroidComponentsExtension<?, ?, V> components, Action<? super V> action) {
        Action<V> forEach = action::execute;
        components.onVariants(components.selector().all(), forEach);
    }

    private static void add(
            Variant variant,
            TaskProvider<ExportModelTask> task,
            TaskProvider<TestSourcesTask> testSources) {
        Sources sources = variant.getSources();
        SourceDirectories.Layered assets = sources.getAssets();
        if (assets != null) {
            assets.addGeneratedSourceDirectory(task, ExportModelTask::getAssets);
        }
        SourceDirectories.Flat java = sources.getJava();
        if (java != null) {
            java.addGeneratedSourceDirectory(task, ExportModelTask::getJava);
        }
        UnitTest test =
                variant instanceof HasUnitTest ? ((HasUnitTest) variant).getUnitTest() : null;
        SourceDirectories.Flat testJava = test == null ? null : test.getSources().getJava();
        if (testJava != null) {
            testJava.addGeneratedSourceDirectory(testSources, TestSourcesTask::getJava);
        }
    }
}
