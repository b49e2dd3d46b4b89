// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Tensors hold what is put into them. */
public final class TensorTest {
    @Test
    public void eachDtypeIsReadAsItWasWritten() {
        for (DType dtype : DType.values()) {
            Tensor tensor = Tensor.zeros(new TensorInfo("x", dtype, 2));
            assertEquals(2 * dtype.bytes(), tensor.bytes().capacity());
            assertEquals(dtype.toString(), 0, tensor.get(1), 0);
        }
        Tensor bytes = Tensor.zeros(new TensorInfo("x", DType.UINT8, 2));
        bytes.bytes().put(1, (byte) 0xFF);
        assertEquals(255, bytes.get(1), 0);
        Tensor signed = Tensor.zeros(new TensorInfo("x", DType.INT8, 2));
        signed.bytes().put(1, (byte) 0xFF);
        assertEquals(-1, signed.get(1), 0);
        Tensor longs = Tensor.zeros(new TensorInfo("x", DType.INT64, 1, 2));
        longs.longs().put(1, -7);
        assertEquals(-7, longs.get(1), 0);
    }

    @Test
    public void halvesAreThoseOfIeee754() {
        assertEquals(1, Tensor.fromHalf((short) 0x3C00), 0);
        assertEquals(-2, Tensor.fromHalf((short) 0xC000), 0);
        assertEquals(65504, Tensor.fromHalf((short) 0x7BFF), 0);
        assertEquals(Math.scalb(1f, -24), Tensor.fromHalf((short) 0x0001), 0);
        assertEquals(Float.NEGATIVE_INFINITY, Tensor.fromHalf((short) 0xFC00), 0);
        assertTrue(Float.isNaN(Tensor.fromHalf((short) 0x7E00)));
    }

    @Test
    public void viewOfAnotherDtypeIsRefused() {
        Tensor tensor = Tensor.zeros(new TensorInfo("x", DType.FLOAT32, 1));
        assertThrows(IllegalStateException.class, tensor::longs);
    }

    @Test
    public void onlyDynamicAxesMayChange() {
        TensorInfo info = new TensorInfo("x", DType.FLOAT32, 1, 16).withDynamicAxis(0);
        assertEquals("?x16 float32", info.toString());
        assertEquals(48, Tensor.zeros(info, 3, 16).count());
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(info, 3, 17));
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(info, 0, 16));
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(info, 16));
    }
}
