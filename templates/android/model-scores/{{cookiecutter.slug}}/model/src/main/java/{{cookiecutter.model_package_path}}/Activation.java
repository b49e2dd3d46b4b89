// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** How the scores of all classes become probabilities. */
enum Activation {
    /** exp(x) / sum of exp: the classes exclude one another. */
    SOFTMAX {
        @Override
        void apply(float[] scores, int count) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, scores[i]);
            }
            double sum = 0;
            for (int i = 0; i < count; i++) {
                // The largest score is subtracted first, so nothing overflows.
                scores[i] = (float) Math.exp(scores[i] - largest);
                sum += scores[i];
            }
            for (int i = 0; i < count; i++) {
                scores[i] = (float) (scores[i] / sum);
            }
        }
    },
    /** 1 / (1 + exp(-x)): each class on its own. */
    SIGMOID {
        @Override
        void apply(float[] scores, int count) {
            for (int i = 0; i < count; i++) {
                // exp of a negative number only: exp(1000) would be infinite.
                float small = (float) Math.exp(-Math.abs(scores[i]));
                scores[i] = scores[i] >= 0 ? 1 / (1 + small) : small / (1 + small);
            }
        }
    },
    /** The model's own output is taken as it is. */
    NONE {
        @Override
        void apply(float[] scores, int count) {}
    };

    /** Changes the first {@code count} scores in place. */
    abstract void apply(float[] scores, int count);
}
