// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** The constants describe the model that the goldens were made with. */
public final class ModelSpecTest {
    /** The first case always has every input and every output. */
    private static final GoldenCase CASE = GoldenCases.ALL.get(0);

    @Test
    public void inputsAreThoseOfTheGoldens() throws IOException {
        assertEquals(new ArrayList<>(CASE.inputs.keySet()), namesOf(ModelSpec.INPUTS));
        for (TensorInfo info : ModelSpec.INPUTS) {
            List<GoldenCase.Stage> stages = CASE.inputs.get(info.name());
            assertFits(info, Goldens.read(info.name(), stages.get(stages.size() - 1).file));
        }
    }

    @Test
    public void outputsAreThoseOfTheGoldens() throws IOException {
        assertEquals(new ArrayList<>(CASE.outputs.keySet()), namesOf(ModelSpec.OUTPUTS));
        for (TensorInfo info : ModelSpec.OUTPUTS) {
            assertFits(info, Goldens.read(info.name(), CASE.outputs.get(info.name())));
        }
    }

    private static void assertFits(TensorInfo info, Tensor golden) {
        assertTrue(
                info.name() + " is " + info + ", the golden " + golden,
                info.fits(golden.dtype(), golden.shape()));
    }

    private static List<String> namesOf(List<TensorInfo> infos) {
        List<String> names = new ArrayList<>();
        for (TensorInfo info : infos) {
            names.add(info.name());
        }
        return names;
    }
}
