// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import java.io.File;
import java.nio.file.Path;
import org.gradle.api.DefaultTask;
import org.gradle.api.GradleException;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.Property;
import org.gradle.api.tasks.CacheableTask;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.InputFile;
import org.gradle.api.tasks.InputFiles;
import org.gradle.api.tasks.Internal;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskAction;

/**
 * Lets edgegen bring {@code generated/} up to date, and copies it into the build's own folders.
 *
 * <p>Why a copy: {@code generated/} is committed, so it is there before the first build, changes
 * with every {@code git pull} and must survive {@code clean}. Gradle would not track, cache or
 * restore such an output. So the outputs are copies in the build's folder; what in {@code
 * generated/} they are copies of is compared by {@link #agreesWithGenerated}, in addition to the
 * inputs: a file that was edited, deleted or pulled there runs the task again.
 *
 * <p>From the build cache, the outputs come without edgegen being called, and {@code generated/}
 * stays behind. That is what a clean build on a build server wants. A build that has outputs
 * already, as a developer's, calls edgegen, so that what will be committed follows.
 *
 * <p>Which files the model depends on is known from the last export. Where an export finds that it
 * depends on other files than before, the next build runs the task once more, for edgegen to say
 * that nothing changed.
 */
@CacheableTask
public abstract class ExportModelTask extends DefaultTask {
    public ExportModelTask() {
        getOutputs().upToDateWhen(task -> ((ExportModelTask) task).agreesWithGenerated());
        getOutputs()
                .cacheIf(
                        "edgegen exports, every input is known, and nothing was built before",
                        task -> ((ExportModelTask) task).mayComeFromCache());
    }

    /** The edgegen.toml; {@code generated/} lies beside it. */
    @InputFile
    @PathSensitive(PathSensitivity.NAME_ONLY)
    public abstract RegularFileProperty getManifest();

    /** The weights, labels, modules and calibration pictures that the model is made of. */
    @InputFiles
    @PathSensitive(PathSensitivity.NAME_ONLY)
    public abstract ConfigurableFileCollection getSources();

    /** edgegen's version: another may export another file. Empty where there is no edgegen. */
    @Input
    public abstract Property<String> getEdgegenVersion();

    /** How edgegen is called here. Where it lies makes no difference to the model. */
    @Internal
    public abstract Property<EdgegenCommand> getCommand();

    /** Gets the model. */
    @OutputDirectory
    public abstract DirectoryProperty getAssets();

    /** Gets the sources in {@code generated/java}. */
    @OutputDirectory
    public abstract DirectoryProperty getJava();

    /** Gets what the JVM tests need: the folders {@code goldens} and {@code test}. */
    @OutputDirectory
    public abstract DirectoryProperty getTestData();

    /** See the class. */
    @TaskAction
    public void export() {
        File project = projectFolder();
        EdgegenCommand command = getCommand().get();
        if (command.isPresent()) {
            command.export(project, line -> getLogger().lifecycle(line));
        } else {
            getLogger().lifecycle(note(project, command.whyNot()));
        }
        GeneratedFolder generated = new GeneratedFolder(project);
        if (!generated.hasModel()) {
            throw new GradleException(
                    String.format(
                            "there is no model in %s/%s yet. Make it with: edgegen export --project"
                                    + " \"%s\"",
                            project, Export.GENERATED, project));
        }
        generated.copyTo(file(getAssets()), file(getJava()), file(getTestData()));
    }

    /**
     * Whether the outputs are what {@code generated/} holds now. Where there are none yet, Gradle
     * sees that by itself, and false would forbid it to ask the build cache.
     */
    private boolean agreesWithGenerated() {
        return nothingBuilt()
                || new GeneratedFolder(projectFolder())
                        .isCopiedTo(file(getAssets()), file(getJava()), file(getTestData()));
    }

    private boolean nothingBuilt() {
        String[] built = file(getAssets()).list();
        return built == null || built.length == 0;
    }

    private boolean mayComeFromCache() {
        return nothingBuilt()
                && getCommand().get().isPresent()
                && Export.of(projectFolder()).listIsToday();
    }

    private File projectFolder() {
        File manifest = getManifest().get().getAsFile();
        if (!manifest.getName().equals(Export.MANIFEST)) {
            throw new GradleException(
                    String.format(
                            "edgegen { manifest = … } names %s; it must be a file named %s",
                            manifest, Export.MANIFEST));
        }
        return manifest.getParentFile();
    }

    private static String note(File project, String whyNot) {
        String note = whyNot + "; using the model in " + project + "/" + Export.GENERATED;
        Path changed = Export.of(project).firstChange();
        return changed == null
                ? note + " as it is"
                : note + ", which is older than " + changed.getFileName();
    }

    private static File file(DirectoryProperty folder) {
        return folder.get().getAsFile();
    }
}
