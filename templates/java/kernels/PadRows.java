// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** A picture on a larger canvas: Pillow's ImageOps.expand, and the second half of ImageOps.pad. */
final class PadRows extends Rows {
    private Rows source;
    private int top;
    private int before;
    private int pictureTop;
    private int pictureBottom;
    private int after;
    private int pictureSamples;
    private int channels;
    private final int[] fill = new int[3];

    /**
     * @param source what of the window shows the picture, or null if nothing does
     * @param top the canvas's row on which the picture's row 0 lies
     * @param before pixels of fill left of {@code source} in the window
     * @param pictureTop the first of the canvas's rows that {@code source} has
     * @param pictureBottom the row after the last
     * @param picturePixels the width of {@code source}
     * @param after pixels of fill right of it; with no source, the whole window
     * @param fill red, green and blue as 0xRRGGBB; a gray picture's level is its red
     */
    PadRows reset(
            Rows source,
            int top,
            int before,
            int pictureTop,
            int pictureBottom,
            int picturePixels,
            int after,
            int channels,
            int fill) {
        this.source = source;
        this.top = top;
        this.before = before;
        this.pictureTop = pictureTop;
        this.pictureBottom = pictureBottom;
        this.pictureSamples = picturePixels * channels;
        this.after = after;
        this.channels = channels;
        this.fill[0] = fill >> 16 & 0xFF;
        this.fill[1] = fill >> 8 & 0xFF;
        this.fill[2] = fill & 0xFF;
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        int picture = paint(room, at, before);
        int end = picture + pictureSamples;
        if (source != null && y >= pictureTop && y < pictureBottom) {
            source.row(y - top, room, picture);
        } else {
            paint(room, picture, pictureSamples / channels);
        }
        paint(room, end, after);
    }

    /** Writes that many pixels of fill; returns where they end. */
    private int paint(int[] room, int at, int pixels) {
        for (int x = 0; x < pixels; x++) {
            for (int c = 0; c < channels; c++) {
                room[at++] = fill[c];
            }
        }
        return at;
    }
}
