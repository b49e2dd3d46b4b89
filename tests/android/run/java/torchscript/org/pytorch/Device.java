package org.pytorch;

/** Where a module runs. */
public enum Device {
    CPU(1),
    VULKAN(2);

    final int jniCode;

    Device(int jniCode) {
        this.jniCode = jniCode;
    }
}
