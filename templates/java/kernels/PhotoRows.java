// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** A window of the photo itself: lent, not copied. */
final class PhotoRows extends Rows {
    private RgbImage photo;
    private int left;
    private int firstLine;
    private int samples;

    /** Line {@code firstLine} of these rows is line 0 of {@code photo}. */
    PhotoRows reset(RgbImage photo, int left, int firstLine, int columns) {
        this.photo = photo;
        this.left = left;
        this.firstLine = firstLine;
        this.samples = columns * 3;
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        widen(photo.pixels(), lentAt(y), room, at, samples);
    }

    @Override
    byte[] lent() {
        return photo.pixels();
    }

    @Override
    int lentAt(int y) {
        return photo.at(left, y - firstLine);
    }
}
