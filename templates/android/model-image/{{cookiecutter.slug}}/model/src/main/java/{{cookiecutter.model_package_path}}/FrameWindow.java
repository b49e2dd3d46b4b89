// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** Where a window of the upright picture lies in the frame, which the camera holds as it will. */
final class FrameWindow {
    int left;
    int top;
    int right;
    int bottom;

    /**
     * Becomes the frame's window; {@code right} and {@code bottom} are just outside.
     *
     * @param width of the frame, in pixels
     * @param height of the frame, in pixels
     * @param rotationDegrees by how much the frame is turned clockwise to become the picture
     * @param mirror whether left and right are swapped after that
     */
    void find(
            int left,
            int top,
            int right,
            int bottom,
            int width,
            int height,
            int rotationDegrees,
            boolean mirror) {
        int across = rotationDegrees % 180 == 0 ? width : height;
        int first = mirror ? across - right : left;
        int last = mirror ? across - left : right;
        switch (rotationDegrees) {
            case 90:
                set(top, height - last, bottom, height - first);
                break;
            case 180:
                set(width - last, height - bottom, width - first, height - top);
                break;
            case 270:
                set(width - bottom, first, width - top, last);
                break;
            default:
                set(first, top, last, bottom);
        }
    }

    private void set(int newLeft, int newTop, int newRight, int newBottom) {
        left = newLeft;
        top = newTop;
        right = newRight;
        bottom = newBottom;
    }
}
