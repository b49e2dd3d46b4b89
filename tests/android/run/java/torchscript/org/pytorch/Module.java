package org.pytorch;

import java.nio.Buffer;

/** Test-only stand-in for the class of pytorch_android 2.1, over libtorch. */
public class Module {
    static {
        System.load(System.getProperty("edgegen.torchscript.library"));
    }

    private long peer;

    Module(long peer) {
        this.peer = peer;
    }

    /** A full TorchScript file (`.pt`); {@link LiteModuleLoader} reads the lite ones. */
    public static Module load(String modelPath) {
        return new Module(loadNative(modelPath, false));
    }

    public IValue forward(IValue... inputs) {
        int[] types = new int[inputs.length];
        long[][] shapes = new long[inputs.length][];
        Buffer[] data = new Buffer[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Tensor tensor = inputs[i].toTensor();
            types[i] = tensor.dtype().jniCode;
            shapes[i] = tensor.shape;
            data[i] = tensor.data;
        }
        if (peer == 0) {
            throw new RuntimeException("the module was destroyed");
        }
        return forwardNative(peer, types, shapes, data);
    }

    public void destroy() {
        if (peer != 0) {
            destroyNative(peer);
            peer = 0;
        }
    }

    static native long loadNative(String path, boolean lite);

    private static native IValue forwardNative(
            long peer, int[] types, long[][] shapes, Buffer[] data);

    private static native void destroyNative(long peer);
}
