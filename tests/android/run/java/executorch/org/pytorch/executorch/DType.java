package org.pytorch.executorch;

/** Element types; the codes are those of ExecuTorch's ScalarType. */
public enum DType {
    UINT8(0),
    INT8(1),
    INT16(2),
    INT32(3),
    INT64(4),
    HALF(5),
    FLOAT(6),
    DOUBLE(7),
    BOOL(11);

    final int jniCode;

    DType(int jniCode) {
        this.jniCode = jniCode;
    }

    static DType of(int code) {
        for (DType type : values()) {
            if (type.jniCode == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("No DType found for jniCode " + code);
    }
}
