// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import org.gradle.api.DefaultTask;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.tasks.InputDirectory;
import org.gradle.api.tasks.OutputDirectory;
import org.gradle.api.tasks.PathSensitive;
import org.gradle.api.tasks.PathSensitivity;
import org.gradle.api.tasks.TaskAction;
import org.gradle.work.DisableCachingByDefault;

/**
 * Takes the generated sources of the JVM tests out of what was exported.
 *
 * <p>A task of its own, because the Android plugin gives a task one folder for Java sources, and
 * the module's own sources are in it.
 */
@DisableCachingByDefault(because = "It copies a few files")
public abstract class TestSourcesTask extends DefaultTask {
    /** What {@link ExportModelTask#getTestData} holds. */
    @InputDirectory
    @PathSensitive(PathSensitivity.RELATIVE)
    public abstract DirectoryProperty getTestData();

    /** Gets the sources. */
    @OutputDirectory
    public abstract DirectoryProperty getJava();

    /** See the class. */
    @TaskAction
    public void copy() {
        GeneratedFolder.copyTestSources(
                getTestData().get().getAsFile(), getJava().get().getAsFile());
    }
}
