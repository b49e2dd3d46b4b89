// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The list of what lies in generated/goldens. */
final class GoldenCases {
    static final List<GoldenCase> ALL =
            Collections.unmodifiableList(Arrays.asList(
{{ cookiecutter.golden_cases }}));

    private GoldenCases() {}
}
