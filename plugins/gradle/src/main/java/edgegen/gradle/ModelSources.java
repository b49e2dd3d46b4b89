// SPDX-License-Identifier: MIT-0
package edgegen.gradle;

import java.io.File;
import java.util.List;
import org.gradle.api.file.RegularFileProperty;
import org.gradle.api.provider.ValueSource;
import org.gradle.api.provider.ValueSourceParameters;

/** The files that the model depends on, read anew in every build, see {@link Export#sources}. */
public abstract class ModelSources implements ValueSource<List<File>, ModelSources.Parameters> {
    /** What is known when the build is configured. */
    public interface Parameters extends ValueSourceParameters {
        /** The edgegen.toml. */
        RegularFileProperty getManifest();
    }

    @Override
    public List<File> obtain() {
        return Export.of(getParameters().getManifest().get().getAsFile().getParentFile()).sources();
    }
}
