// SPDX-License-Identifier: MIT-0

import com.android.build.api.dsl.AndroidSourceSet;
import com.android.build.api.dsl.ApplicationExtension;
import com.android.build.api.dsl.CommonExtension;
import com.android.build.api.dsl.LibraryExtension;
import com.android.build.gradle.BaseExtension;
import com.android.build.gradle.internal.api.DefaultAndroidSourceDirectorySet;
import com.android.build.gradle.internal.dsl.AaptOptions;

import groovy.json.JsonOutput;

import org.gradle.api.Project;
import org.gradle.api.artifacts.Configuration;
import org.gradle.api.artifacts.Dependency;
import org.gradle.api.artifacts.ProjectDependency;
import org.gradle.api.internal.project.ProjectInternal;
import org.gradle.testfixtures.ProjectBuilder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Evaluates the build scripts of projects' modules with Gradle's and AGP's own classes, up to the
 * variants and their tasks, and prints for each project what they say, or what Gradle says of them:
 * one line, {@code JSON ...} or {@code ERROR ...} with the causes.
 *
 * <p>Arguments: a file with the version catalogue, a folder for Gradle's own files, the modules by
 * name and the ids of their plugins ({@code app=com.android.application,...}), {@code --}, and the
 * projects, whose scripts must be without their {@code plugins} block (Gradle would fetch the
 * plugins).
 */
public final class EvaluateGradle {
    private EvaluateGradle() {}

    /** See the class. Ends with 0 whatever the scripts say. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        int projects = words.indexOf("--");
        for (String project : words.subList(projects + 1, words.size())) {
            Path home = Path.of(words.get(1));
            try {
                Map<String, Object> found =
                        evaluate(
                                Path.of(project),
                                Path.of(words.get(0)),
                                home,
                                words.subList(2, projects));
                System.out.println("JSON " + JsonOutput.toJson(found));
            } catch (Throwable problem) {
                List<String> causes = new ArrayList<>();
                for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
                    causes.add(String.valueOf(cause));
                }
                System.out.println("ERROR " + String.join(": ", causes).replaceAll("\\s+", " "));
            }
        }
        System.out.flush();
        System.exit(0); // Gradle's threads would keep the process alive.
    }

    private static Map<String, Object> evaluate(
            Path project, Path names, Path home, List<String> wanted) throws IOException {
        Project root =
                ProjectBuilder.builder()
                        .withName("root")
                        .withProjectDir(project.toFile())
                        .withGradleUserHomeDir(home.toFile())
                        .build();
        Map<String, Object> catalog = Catalog.read(names);
        Map<String, Project> modules = new LinkedHashMap<>();
        Map<String, String[]> plugins = new LinkedHashMap<>();
        for (String plugged : wanted) {
            String[] parts = plugged.split("=", 2);
            String name = parts[0];
            Project module =
                    ProjectBuilder.builder()
                            .withName(name)
                            .withParent(root)
                            .withProjectDir(project.resolve(name).toFile())
                            .withGradleUserHomeDir(home.toFile())
                            .build();
            module.getExtensions().add("libs", new Catalog(catalog, "libs"));
            modules.put(name, module);
            plugins.put(name, parts[1].split(","));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("settings", SettingsScript.calls(project.resolve("settings.gradle")));
        for (Map.Entry<String, Project> entry : modules.entrySet()) {
            Project module = entry.getValue();
            for (String plugin : plugins.get(entry.getKey())) {
                module.getPluginManager().apply(plugin);
            }
        }
        for (Map.Entry<String, Project> entry : modules.entrySet()) {
            ((ProjectInternal) entry.getValue()).evaluate();
            result.put(entry.getKey(), describe(entry.getValue()));
        }
        return result;
    }

    private static Map<String, Object> describe(Project module) {
        Map<String, Object> found = new LinkedHashMap<>();
        CommonExtension<?, ?, ?, ?, ?> android =
                (CommonExtension<?, ?, ?, ?, ?>) module.getExtensions().getByName("android");
        found.put("namespace", android.getNamespace());
        found.put("compileSdk", android.getCompileSdk());
        found.put("minSdk", android.getDefaultConfig().getMinSdk());
        // Through the old interface: AGP 8.1's own class of a library's resources does not
        // implement the new one.
        AaptOptions packing = ((BaseExtension) android).getAaptOptions();
        found.put("noCompress", new TreeSet<>(packing.getNoCompress()));
        found.put(
                "sourceCompatibility",
                android.getCompileOptions().getSourceCompatibility().toString());
        found.put(
                "targetCompatibility",
                android.getCompileOptions().getTargetCompatibility().toString());
        found.put("abiFilters", new TreeSet<>(android.getDefaultConfig().getNdk().getAbiFilters()));
        Map<String, Object> sources = new TreeMap<>();
        android.getSourceSets().forEach(set -> sources.put(set.getName(), directories(set)));
        found.put("sourceSets", sources);
        if (android instanceof ApplicationExtension) {
            ApplicationExtension app = (ApplicationExtension) android;
            found.put("applicationId", app.getDefaultConfig().getApplicationId());
            found.put("targetSdk", app.getDefaultConfig().getTargetSdk());
            found.put("versionCode", app.getDefaultConfig().getVersionCode());
            found.put("versionName", app.getDefaultConfig().getVersionName());
            found.put(
                    "minifiedRelease", app.getBuildTypes().getByName("release").isMinifyEnabled());
            found.put(
                    "shrunkRelease", app.getBuildTypes().getByName("release").isShrinkResources());
            found.put(
                    "releaseRules",
                    names(app.getBuildTypes().getByName("release").getProguardFiles()));
        } else {
            LibraryExtension library = (LibraryExtension) android;
            found.put(
                    "consumerRules", names(library.getDefaultConfig().getConsumerProguardFiles()));
        }
        found.put("dependencies", dependencies(module));
        found.put("tasks", new TreeSet<>(module.getTasks().getNames()));
        return found;
    }

    private static Map<String, Object> directories(AndroidSourceSet set) {
        Map<String, Object> found = new TreeMap<>();
        found.put("java", names(((DefaultAndroidSourceDirectorySet) set.getJava()).getSrcDirs()));
        found.put(
                "assets", names(((DefaultAndroidSourceDirectorySet) set.getAssets()).getSrcDirs()));
        return found;
    }

    private static Map<String, Object> dependencies(Project module) {
        Map<String, Object> found = new TreeMap<>();
        for (Configuration configuration : module.getConfigurations()) {
            List<String> names = new ArrayList<>();
            for (Dependency dependency : configuration.getDependencies()) {
                boolean project = dependency instanceof ProjectDependency;
                names.add(
                        project
                                ? ((ProjectDependency) dependency).getDependencyProject().getPath()
                                : dependency.getGroup()
                                        + ":"
                                        + dependency.getName()
                                        + ":"
                                        + dependency.getVersion());
            }
            if (!names.isEmpty()) {
                found.put(configuration.getName(), names);
            }
        }
        return found;
    }

    private static List<String> names(Iterable<File> files) {
        List<String> found = new ArrayList<>();
        files.forEach(file -> found.add(file.getPath()));
        return found;
    }
}
