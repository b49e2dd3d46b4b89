// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** RGB to gray, as Pillow's convert("L"). */
final class GrayRows extends Rows {
    private Rows source;
    private int inChannels;
    private int outChannels;
    private int pixels;
    private int[] inRow = {};

    /**
     * One pixel: ITU-R 601-2 luma in 16-bit fixed point, rounded half up. 0.299 R + 0.587 G + 0.114
     * B in floating point would give other levels.
     */
    static int grayLevel(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + (1 << 15)) >> 16;
    }

    GrayRows reset(Rows source, int inChannels, int outChannels, int pixels) {
        this.source = source;
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.pixels = pixels;
        inRow = Workspace.atLeast(inRow, pixels * inChannels);
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        source.row(y, inRow, 0);
        for (int x = 0; x < pixels; x++) {
            int in = x * inChannels;
            int level =
                    inChannels == 3
                            ? grayLevel(inRow[in], inRow[in + 1], inRow[in + 2])
                            : inRow[in];
            for (int c = 0; c < outChannels; c++) {
                room[at++] = level;
            }
        }
    }
}
