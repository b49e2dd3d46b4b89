// SPDX-License-Identifier: MIT-0
import java.io.File;
import java.util.Map;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Dependency;
import org.gradle.api.tasks.compile.JavaCompile;
import org.gradle.plugin.devel.GradlePluginDevelopmentExtension;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * Evaluates the plugin's own build script with Gradle's classes, and prints what it declares: a misspelt property fails.
 *
 * <p>Arguments: the folder of the build, its script without the plugins block, the plugins' ids.
 */
public final class PluginBuild {
    private PluginBuild() {}

    /** See the class. */
    public static void main(String[] arguments) {
        int code = 0;
        try {
            Project project =
                    ProjectBuilder.builder()
                            .withProjectDir(new File(arguments[0]))
                            .withGradleUserHomeDir(new File(arguments[0], ".gradle-home"))
                            .build();
            for (int i = 2; i < arguments.length; i++) {
                project.getPluginManager().apply(arguments[i]);
            }
            project.apply(Map.of("from", arguments[1]));
            project.getExtensions()
                    .getByType(GradlePluginDevelopmentExtension.class)
                    .getPlugins()
                    .forEach(it -> System.out.println(it.getId() + " " + it.getImplementationClass()));
            for (Dependency it : project.getConfigurations().getByName("compileOnly").getDependencies()) {
                System.out.println(it.getGroup() + ":" + it.getName() + ":" + it.getVersion());
            }
            JavaCompile compile = (JavaCompile) project.getTasks().getByName("compileJava");
            System.out.println("release " + compile.getOptions().getRelease().get());
        } catch (Throwable error) {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                System.out.println("error " + cause);
            }
            code = 1;
        }
        System.out.flush();
        System.exit(code); // Gradle leaves threads behind.
    }
}
