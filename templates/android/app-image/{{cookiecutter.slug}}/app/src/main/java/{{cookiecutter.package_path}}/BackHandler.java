// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.app.Activity;
import android.os.Build;
import android.window.OnBackInvokedCallback;
import android.window.OnBackInvokedDispatcher;

/**
 * Gives the back gesture another meaning for a while. While it has none, nothing is registered, so
 * that the system can show where back will lead before the finger is lifted.
 */
final class BackHandler {
    private final Activity activity;
    private final Runnable action;
    private boolean enabled;

    /** An OnBackInvokedCallback, a class that Android before API 33 does not have. */
    private final Object callback;

    BackHandler(Activity activity, Runnable action) {
        this.activity = activity;
        this.action = action;
        callback =
                Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU
                        ? Api33.callback(action)
                        : action;
    }

    void setEnabled(boolean enable) {
        if (enable == enabled) {
            return;
        }
        enabled = enable;
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            Api33.setRegistered(activity, callback, enable);
        }
    }

    /**
     * For {@code onBackPressed}, which Android calls before API 33 only: whether back was meant for
     * this.
     */
    boolean handleBackPressed() {
        if (!enabled) {
            return false;
        }
        action.run();
        return true;
    }

    /**
     * Kept apart: an older Android must not so much as verify a method that names these classes.
     */
    private static final class Api33 {
        static Object callback(Runnable action) {
            OnBackInvokedCallback callback = action::run;
            return callback;
        }

        static void setRegistered(Activity activity, Object callback, boolean registered) {
            OnBackInvokedDispatcher dispatcher = activity.getOnBackInvokedDispatcher();
            if (registered) {
                int priority = OnBackInvokedDispatcher.PRIORITY_DEFAULT;
                dispatcher.registerOnBackInvokedCallback(
                        priority, (OnBackInvokedCallback) callback);
            } else {
                dispatcher.unregisterOnBackInvokedCallback((OnBackInvokedCallback) callback);
            }
        }
    }
}
