package org.pytorch.executorch;

import java.io.File;
import java.nio.Buffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Test-only stand-in for the class of executorch-android, over ExecuTorch's own C++ library.
 *
 * <p>It has the published signatures that every 1.x release shares and nothing else, so that what
 * compiles here compiles there: {@code loadMethod} is left out (its result changed), and so is
 * {@code close} (new in the later ones; {@code destroy} does the same in all).
 */
public class Module {
    public static final int LOAD_MODE_FILE = 0;
    public static final int LOAD_MODE_MMAP = 1;
    public static final int LOAD_MODE_MMAP_USE_MLOCK = 2;
    public static final int LOAD_MODE_MMAP_USE_MLOCK_IGNORE_ERRORS = 3;

    static {
        System.load(System.getProperty("edgegen.executorch.library"));
    }

    private final ReentrantLock lock = new ReentrantLock();
    private long peer;

    private Module(long peer) {
        this.peer = peer;
    }

    public static Module load(String modelPath) {
        return load(modelPath, LOAD_MODE_FILE);
    }

    public static Module load(String modelPath, int loadMode) {
        return load(modelPath, loadMode, 0);
    }

    public static Module load(String modelPath, int loadMode, int numThreads) {
        if (modelPath == null) {
            throw new IllegalArgumentException("Cannot load model path: null");
        }
        File file = new File(modelPath);
        if (!file.canRead() || !file.isFile()) {
            throw new IllegalArgumentException("Cannot load model path " + modelPath);
        }
        return new Module(loadNative(modelPath, loadMode, numThreads));
    }

    public EValue[] forward(EValue... inputs) {
        return execute("forward", inputs);
    }

    public EValue[] execute(String methodName, EValue... inputs) {
        int[] types = new int[inputs.length];
        long[][] shapes = new long[inputs.length][];
        Buffer[] data = new Buffer[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Tensor tensor = inputs[i].toTensor();
            types[i] = tensor.dtype().jniCode;
            shapes[i] = tensor.shape;
            data[i] = tensor.data;
        }
        lock.lock();
        try {
            if (peer == 0) {
                throw new IllegalStateException("Module has been destroyed");
            }
            Tensor[] outputs = executeNative(peer, methodName, types, shapes, data);
            EValue[] values = new EValue[outputs.length];
            for (int i = 0; i < outputs.length; i++) {
                values[i] = EValue.from(outputs[i]);
            }
            return values;
        } finally {
            lock.unlock();
        }
    }

    public String[] getMethods() {
        return methodsNative(peer);
    }

    public void destroy() {
        if (!lock.tryLock()) {
            throw new IllegalStateException("Cannot destroy module while method is executing");
        }
        try {
            if (peer != 0) {
                destroyNative(peer);
                peer = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private static native long loadNative(String path, int mode, int threads);

    private static native Tensor[] executeNative(
            long peer, String method, int[] types, long[][] shapes, Buffer[] data);

    private static native String[] methodsNative(long peer);

    private static native void destroyNative(long peer);
}
