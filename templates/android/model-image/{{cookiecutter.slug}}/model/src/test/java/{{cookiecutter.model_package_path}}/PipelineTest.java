// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import edgegen.kernels.Picture;
import edgegen.kernels.RgbImage;
import edgegen.kernels.Workspace;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.Test;

/** From decoded pixels to the tensor every stage has, bit for bit, the values Python computed. */
public final class PipelineTest {
    private final Workspace workspace = new Workspace();
    private final Preprocessor preprocessor = new Preprocessor();

    @Test
    public void everyStageIsThatOfPython() throws IOException {
        int compared = 0;
        for (GoldenCase golden : GoldenCases.ALL) {
            for (Map.Entry<String, List<GoldenCase.Stage>> input : golden.inputs.entrySet()) {
                if (!golden.outputs.isEmpty() && Pipeline.INPUTS.contains(input.getKey())) {
                    checkStages(golden.name, input.getKey(), input.getValue());
                    compared++;
                }
            }
        }
        assertTrue("there is no golden picture", compared > 0);
    }

    /** Runs the very method that the app runs and compares what it does on the way. */
    private void checkStages(String golden, String input, List<GoldenCase.Stage> stages)
            throws IOException {
        String where = golden + ", input " + input;
        Tensor photo = Goldens.read("photo", stages.get(0).file);
        Tensor tensor = Tensor.zeros(infoOf(input));
        List<String> seen = new ArrayList<>();
        seen.add(stages.get(0).name);
        Pipeline.fill(
                input,
                new ImageReader().open(imageOf(photo)),
                workspace,
                tensor.buffer(),
                (name, picture) -> {
                    seen.add(name);
                    assertTrue(where + " has no golden stage " + name, seen.size() < stages.size());
                    GoldenCase.Stage expected = stages.get(seen.size() - 1);
                    assertEquals(where + ": a stage is out of place", expected.name, name);
                    Goldens.assertSame(
                            where + ", stage " + name, read(expected), tensorOf(picture));
                });
        GoldenCase.Stage last = stages.get(stages.size() - 1);
        seen.add(last.name);
        assertEquals(where + ": stages are missing", stages.size(), seen.size());
        Goldens.assertSame(where + ", stage " + last.name, read(last), tensor);
        checkParts(where, input, photo, read(last));
    }

    /** As an app does it: the tensor in parts, on two threads. */
    private void checkParts(String where, String input, Tensor photo, Tensor expected) {
        Tensor tensor = Tensor.zeros(infoOf(input));
        preprocessor.fill(tensor, imageOf(photo));
        Goldens.assertSame(where + ", in parts", expected, tensor);
    }

    @Test
    public void everyLevelIsThatOfPython() {
        assertEquals(Pipeline.INPUTS, new ArrayList<>(GoldenLevels.tables().keySet()));
        for (Map.Entry<String, Object[]> table : GoldenLevels.tables().entrySet()) {
            assertEquals(
                    "the levels of " + table.getKey(),
                    (long) GoldenLevels.checksums().get(table.getKey()),
                    checksum(table.getValue()));
        }
    }

    /** Of a table of ints, shorts or bytes. */
    private static long checksum(Object[] table) {
        CRC32 checksum = new CRC32();
        for (Object channel : table) {
            for (int level = 0; level < Array.getLength(channel); level++) {
                int bits = Array.getInt(channel, level);
                for (int shift = 0; shift < 32; shift += 8) {
                    checksum.update(bits >> shift);
                }
            }
        }
        return checksum.getValue();
    }

    @Test
    public void inputThatIsNoPictureIsRefused() {
        RgbImage photo = new RgbImage(new byte[3], 1, 1, 3);
        Tensor tensor = Tensor.zeros(ModelSpec.INPUTS.get(0));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Pipeline.fill(
                                "no such input",
                                new ImageReader().open(photo),
                                workspace,
                                tensor.buffer(),
                                null));
    }

    private static Tensor read(GoldenCase.Stage stage) {
        try {
            return Goldens.read(stage.name, stage.file);
        } catch (IOException error) {
            throw new AssertionError("the golden cannot be read", error);
        }
    }

    private static RgbImage imageOf(Tensor pixels) {
        byte[] bytes = new byte[pixels.count()];
        pixels.bytes().get(bytes);
        int width = (int) pixels.shape()[1];
        return new RgbImage(bytes, width, (int) pixels.shape()[0], 3 * width);
    }

    private static Tensor tensorOf(Picture picture) {
        long[] shape = {picture.height(), picture.width(), picture.channels()};
        Tensor tensor = Tensor.output("pixels", DType.UINT8, shape);
        tensor.bytes().put(picture.pixels());
        return tensor;
    }

    private static TensorInfo infoOf(String input) {
        for (TensorInfo info : ModelSpec.INPUTS) {
            if (info.name().equals(input)) {
                return info;
            }
        }
        throw new AssertionError("the model has no input " + input);
    }
}
