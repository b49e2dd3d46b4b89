// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.graphics.Insets;
import android.os.Build;
import android.view.View;
import android.view.Window;
import android.view.WindowInsets;

/**
 * Draws a window's background behind the system's bars, and keeps its content clear of them, on
 * every Android.
 */
final class EdgeToEdge {
    private EdgeToEdge() {}

    /**
     * Lays {@code window} out from edge to edge and keeps {@code root}'s padding equal to what bars
     * and cutouts cover.
     *
     * <p>From Android 15 on the system does the first part for every app that targets it.
     */
    static void apply(Window window, View root) {
        layOutBehindBars(window, root);
        root.setOnApplyWindowInsetsListener(
                (view, insets) -> {
                    pad(view, insets);
                    return insets;
                });
    }

    @SuppressWarnings("deprecation") // Each is the only way on the versions it is called on.
    private static void layOutBehindBars(Window window, View root) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            window.setDecorFitsSystemWindows(false);
        } else {
            root.setSystemUiVisibility(
                    View.SYSTEM_UI_FLAG_LAYOUT_STABLE
                            | View.SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN
                            | View.SYSTEM_UI_FLAG_LAYOUT_HIDE_NAVIGATION);
        }
    }

    @SuppressWarnings("deprecation")
    private static void pad(View view, WindowInsets insets) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            int covered = WindowInsets.Type.systemBars() | WindowInsets.Type.displayCutout();
            Insets sides = insets.getInsets(covered);
            view.setPadding(sides.left, sides.top, sides.right, sides.bottom);
        } else {
            view.setPadding(
                    insets.getSystemWindowInsetLeft(),
                    insets.getSystemWindowInsetTop(),
                    insets.getSystemWindowInsetRight(),
                    insets.getSystemWindowInsetBottom());
        }
    }
}
