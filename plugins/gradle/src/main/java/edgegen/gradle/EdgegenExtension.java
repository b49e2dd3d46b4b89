// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import org.gradle.api.file.RegularFileProperty;

/** The block {@code edgegen { … }} of a build file. */
public abstract class EdgegenExtension {
    /**
     * The edgegen.toml of the model; {@code generated/} lies beside it. Without it, the one in the
     * module's own folder.
     */
    public abstract RegularFileProperty getManifest();
}
