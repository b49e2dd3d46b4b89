// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The constants of the model. */
final class ModelSpec {
    /** The asset that holds the model. */
    static final String MODEL_FILE = "{{ cookiecutter.model_file }}";

    /** Its size in bytes. */
    static final long MODEL_BYTES = {{ cookiecutter.model_bytes }}L;

    /** The SHA-256 of its content, in hex: only this very file is ever given to the runtime. */
    static final String MODEL_SHA256 =
            "{{ cookiecutter.model_sha256 }}";

    /** What the model takes, in its own order. */
    static final List<TensorInfo> INPUTS =
            Collections.unmodifiableList(Arrays.asList(
{{ cookiecutter.input_infos }}));

    /** What the model gives, in its own order. */
    static final List<TensorInfo> OUTPUTS =
            Collections.unmodifiableList(Arrays.asList(
{{ cookiecutter.output_infos }}));
{{ cookiecutter.levels }}
    private ModelSpec() {}
}
