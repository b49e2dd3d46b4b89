// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** The model's scores become the classes and probabilities that Python found. */
public final class ScoresTest {
    /** Python computes in double, the device in float. */
    private static final double TOLERANCE = 1e-5;

    private final Scores scores = new Scores();

    @Test
    public void bestClassesAreThoseOfPython() throws IOException {
        String output = Labels.SCORE_OUTPUTS.get(0).name;
        int compared = 0;
        for (GoldenCase golden : GoldenCases.ALL) {
            if (golden.outputs.isEmpty()) {
                continue;
            }
            Tensor tensor = Goldens.read(output, golden.outputs.get(output));
            List<Label> found = scores.top(tensor, golden.predictions.size());
            assertEquals(golden + ": so many classes", golden.predictions.size(), found.size());
            for (int i = 0; i < found.size(); i++) {
                GoldenCase.Prediction expected = golden.predictions.get(i);
                String where = golden + ", number " + (i + 1);
                assertEquals(where, expected.index, found.get(i).index());
                assertEquals(where, expected.label, found.get(i).name());
                assertEquals(where, expected.probability, found.get(i).probability(), TOLERANCE);
            }
            compared++;
        }
        assertTrue("there is no golden prediction", compared > 0);
    }

    @Test
    public void ofEqualClassesTheLowerIndexComesFirst() {
        List<Label> top = top(Activation.SOFTMAX, 3, 0, 0, 0, 0);
        assertEquals(3, top.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(i, top.get(i).index());
            assertEquals(0.25f, top.get(i).probability(), 0);
        }
    }

    @Test
    public void scoresCountWhereProbabilitiesAreEqual() {
        List<Label> top = top(Activation.SIGMOID, 2, 20, 30, 25, 0);
        assertEquals(1, top.get(0).index());
        assertEquals(2, top.get(1).index());
        assertEquals(top.get(0).probability(), top.get(1).probability(), 0);
    }

    @Test
    public void bestComesFirstAndNanLast() {
        List<Label> top = top(Activation.NONE, 9, 1, Float.NaN, 3, 2);
        assertEquals("there are no more than classes", 4, top.size());
        int[] order = {2, 3, 0, 1};
        for (int i = 0; i < 4; i++) {
            assertEquals(order[i], top.get(i).index());
        }
    }

    @Test
    public void largeScoresDoNotOverflow() {
        float[] values = {1000, 0, -1000};
        Activation.SOFTMAX.apply(values, 3);
        assertArrayEquals(new float[] {1, 0, 0}, values, 0);
        values = new float[] {1000, 0, -1000};
        Activation.SIGMOID.apply(values, 3);
        assertArrayEquals(new float[] {1, 0.5f, 0}, values, 0);
    }

    @Test
    public void whatIsNoScoresIsRefused() {
        Tensor other = Tensor.output("no such output", DType.FLOAT32, new long[] {1});
        assertThrows(IllegalArgumentException.class, () -> scores.top(other, 1));
        assertThrows(IllegalArgumentException.class, () -> top(Activation.NONE, 0, 1, 2, 3, 4));
    }

    private List<Label> top(Activation activation, int top, float... values) {
        Tensor tensor = Tensor.output("scores", DType.FLOAT32, new long[] {1, values.length});
        tensor.floats().put(values);
        return scores.top(tensor, activation, Arrays.asList("a", "b", "c", "d"), top);
    }
}
