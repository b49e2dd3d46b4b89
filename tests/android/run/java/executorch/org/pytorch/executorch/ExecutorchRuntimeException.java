package org.pytorch.executorch;

/** What the runtime refused, with the code of its runtime/core/error.h. */
public class ExecutorchRuntimeException extends RuntimeException {
    public static final int OK = 0x00;
    public static final int INVALID_STATE = 0x02;
    public static final int NOT_SUPPORTED = 0x10;
    public static final int INVALID_ARGUMENT = 0x12;
    public static final int NOT_FOUND = 0x20;
    public static final int ACCESS_FAILED = 0x22;
    public static final int INVALID_PROGRAM = 0x23;

    private static final long serialVersionUID = 1L;

    private final int errorCode;

    public ExecutorchRuntimeException(int errorCode, String details) {
        super("[ExecuTorch Error 0x" + Integer.toHexString(errorCode) + "] " + details);
        this.errorCode = errorCode;
    }

    public int getErrorCode() {
        return errorCode;
    }
}
