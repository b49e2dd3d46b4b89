// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From a model's class scores to named classes. Not thread-safe: its buffers are used again. */
public final class Scores {
    private float[] values = {};
    private int[] best = {};

    /**
     * The most probable classes of an output, the best first; of equal ones the lower index first.
     *
     * @param output an output that edgegen.toml describes as a classification
     * @param top how many, at least 1; there are no more than classes
     * @throws IllegalArgumentException when the output holds no class scores, or top is below 1
     */
    public List<Label> top(Tensor output, int top) {
        for (ScoreOutput scores : Labels.SCORE_OUTPUTS) {
            if (scores.name.equals(output.name())) {
                return top(output, scores.activation, Labels.NAMES, top);
            }
        }
        throw new IllegalArgumentException(
                "the output " + output.name() + " holds no class scores");
    }

    List<Label> top(Tensor output, Activation activation, List<String> names, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("the best " + top + " classes were asked for");
        }
        int count = output.count();
        if (count > names.size()) {
            throw new IllegalArgumentException(
                    "the output " + output.name() + " has " + count + " scores for "
                            + names.size() + " classes");
        }
        if (values.length < count) {
            values = new float[count];
        }
        for (int i = 0; i < count; i++) {
            values[i] = (float) output.get(i);
        }
        // By the scores themselves: two that differ can become one probability.
        int found = select(count, Math.min(top, count));
        activation.apply(values, count);
        List<Label> labels = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            labels.add(new Label(best[i], names.get(best[i]), values[best[i]]));
        }
        return Collections.unmodifiableList(labels);
    }

    /** Puts the indices of the best classes into {@link #best}, by insertion: they are few. */
    private int select(int count, int wanted) {
        if (best.length < wanted) {
            best = new int[wanted];
        }
        int found = 0;
        for (int index = 0; index < count; index++) {
            if (found == wanted && !better(index, best[found - 1])) {
                continue;
            }
            int place = found < wanted ? found++ : found - 1;
            while (place > 0 && better(index, best[place - 1])) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = index;
        }
        return found;
    }

    /** Whether class a, which has the higher index, comes before class b. A NaN comes last. */
    private boolean better(int a, int b) {
        return values[a] > values[b] || (Float.isNaN(values[b]) && !Float.isNaN(values[a]));
    }
}
