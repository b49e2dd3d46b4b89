// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** A part of a picture, and torchvision's rule for the part in the middle. */
final class CropRows extends Rows {
    private Rows source;
    private int top;

    /**
     * Where a centred crop starts: round((side - crop) / 2), a half to the even number, as Python
     * rounds; 0 <= crop <= side. Rounding halves up would move the crop by a pixel wherever side -
     * crop is 1, 5, 9 …
     */
    static int centreStart(int side, int crop) {
        int half = (side - crop) / 2;
        return (side - crop) % 2 == 0 ? half : half + half % 2;
    }

    /** The crop's row 0 is row {@code top} of {@code source}, whose window is the crop's. */
    CropRows reset(Rows source, int top) {
        this.source = source;
        this.top = top;
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        source.row(y + top, room, at);
    }

    @Override
    byte[] lent() {
        return source.lent();
    }

    @Override
    int lentAt(int y) {
        return source.lentAt(y + top);
    }
}
