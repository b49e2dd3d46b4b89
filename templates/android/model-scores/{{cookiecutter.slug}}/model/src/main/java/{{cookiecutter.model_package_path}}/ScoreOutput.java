// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** An output that holds one score to a class, and how the scores become probabilities. */
final class ScoreOutput {
    final String name;
    final Activation activation;

    ScoreOutput(String name, Activation activation) {
        this.name = name;
        this.activation = activation;
    }
}
