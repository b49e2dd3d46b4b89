// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml and the labels; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The names of the classes, and which outputs are scores of them. */
final class Labels {
    /** The outputs that are class scores, in the model's order. */
    static final List<ScoreOutput> SCORE_OUTPUTS =
            Collections.unmodifiableList(Arrays.asList(
{{ cookiecutter.score_outputs }}));

    /** The {{ cookiecutter.label_count }} names, by the index of the class. */
    static final List<String> NAMES = names();

    private Labels() {}

    private static List<String> names() {
        List<String> all = new ArrayList<>({{ cookiecutter.label_count }});
{{ cookiecutter.label_calls }}
        return Collections.unmodifiableList(all);
    }

    // In classes of their own: the initialiser of one class may not be longer than 64 KB.
{{ cookiecutter.label_parts }}
}
