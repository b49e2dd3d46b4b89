// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.util.Locale;

/** A class that the model finds probable. Immutable. */
public final class Label {
    private final int index;
    private final String name;
    private final float probability;

    Label(int index, String name, float probability) {
        this.index = index;
        this.name = name;
        this.probability = probability;
    }

    /** The class's index in the model's output, from 0. */
    public int index() {
        return index;
    }

    /** The class's name. */
    public String name() {
        return name;
    }

    /**
     * How probable the model finds it, 0 to 1; the raw score where edgegen.toml says activation
     * "none".
     */
    public float probability() {
        return probability;
    }

    /** As {@code "espresso 95.1 %"}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.1f %%", name, 100 * probability);
    }
}
