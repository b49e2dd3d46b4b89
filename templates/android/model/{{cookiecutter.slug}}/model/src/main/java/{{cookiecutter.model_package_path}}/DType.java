// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** What a tensor's numbers are, by NumPy's names. */
public enum DType {
    FLOAT32("float32", 4),
    FLOAT16("float16", 2),
    FLOAT64("float64", 8),
    INT64("int64", 8),
    INT32("int32", 4),
    INT16("int16", 2),
    INT8("int8", 1),
    UINT8("uint8", 1),
    /** One byte, 0 or 1. */
    BOOL("bool", 1);

    private final String numpyName;
    private final int bytes;

    DType(String numpyName, int bytes) {
        this.numpyName = numpyName;
        this.bytes = bytes;
    }

    /** The bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** NumPy's name, as {@code "float32"}. */
    @Override
    public String toString() {
        return numpyName;
    }
}
