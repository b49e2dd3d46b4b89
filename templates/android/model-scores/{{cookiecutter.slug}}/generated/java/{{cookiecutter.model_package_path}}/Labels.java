// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml and the labels; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

{{ cookiecutter.label_imports }}

/** The names of the classes, and which outputs are scores of them. */
final class Labels {
    /** The outputs that are class scores, in the model's order. */
    static final List<ScoreOutput> SCORE_OUTPUTS =
            Collections.unmodifiableList(Arrays.asList(
{{ cookiecutter.score_outputs }}));

    /** The {{ cookiecutter.label_count }} names, by the index of the class. */
{{ cookiecutter.label_names }}
    private Labels() {}
}
