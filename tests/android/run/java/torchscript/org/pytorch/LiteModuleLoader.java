package org.pytorch;

import java.util.Map;

/** Test-only stand-in: loads a `.ptl` file by libtorch's own lite interpreter. */
public class LiteModuleLoader {
    public static Module load(String modelPath) {
        return load(modelPath, null, Device.CPU);
    }

    public static Module load(String modelPath, Map<String, String> extraFiles, Device device) {
        if (device != Device.CPU) {
            throw new IllegalArgumentException("this machine has a CPU only");
        }
        return new Module(Module.loadNative(modelPath, true));
    }
}
