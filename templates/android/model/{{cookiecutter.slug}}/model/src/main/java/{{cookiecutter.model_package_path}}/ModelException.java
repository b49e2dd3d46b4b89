// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import org.jspecify.annotations.Nullable;

/**
 * The model cannot be used. The message is one line for the developer: what, and what to do.
 *
 * <p>It is checked, as an IOException is: a full disk or a device of another kind is nothing that a
 * program can exclude.
 */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        /** The app holds no model. */
        MISSING,
        /** The model in the app has fewer bytes than it should. */
        TRUNCATED,
        /** The model in the app is not the one that this code was generated for. */
        FOREIGN,
        /** The model cannot be copied to where the runtime reads it: the disk is full, for one. */
        STORAGE,
        /** The runtime cannot be started on this device, or cannot load the model. */
        UNUSABLE,
        /** The model was loaded, and running it failed. */
        FAILED
    }

    private final Reason reason;

    ModelException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is wrong, to choose words for the person who uses the app. */
    public Reason reason() {
        return reason;
    }
}
