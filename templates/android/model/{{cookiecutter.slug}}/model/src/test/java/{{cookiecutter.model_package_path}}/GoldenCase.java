// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One picture or set of numbers, and what Python made of it. */
final class GoldenCase {
    /** One array on the way: its name, and its file in generated/goldens. */
    static final class Stage {
        final String name;
        final String file;

        Stage(String name, String file) {
            this.name = name;
            this.file = file;
        }
    }

    /** A class that the model finds in it. */
    static final class Prediction {
        final int index;
        final String label;
        final double probability;

        Prediction(int index, String label, double probability) {
            this.index = index;
            this.label = label;
            this.probability = probability;
        }
    }

    final String name;

    /**
     * The way of each input, by its name; the last stage is "tensor", but in a case that has no
     * outputs and tests the decoder of a device alone.
     */
    final Map<String, List<Stage>> inputs = new LinkedHashMap<>();

    /** The file of each output, by its name. */
    final Map<String, String> outputs = new LinkedHashMap<>();

    /** Of the first output that is class scores, the best first. */
    final List<Prediction> predictions = new ArrayList<>();

    GoldenCase(String name) {
        this.name = name;
    }

    GoldenCase stage(String input, String stage, String file) {
        inputs.computeIfAbsent(input, key -> new ArrayList<>()).add(new Stage(stage, file));
        return this;
    }

    GoldenCase output(String output, String file) {
        outputs.put(output, file);
        return this;
    }

    GoldenCase prediction(int index, String label, double probability) {
        predictions.add(new Prediction(index, label, probability));
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
