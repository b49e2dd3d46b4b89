// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** {@link Filter#NEAREST}: picks pixels, in both directions at once. */
final class NearestRows extends Rows {
    private Rows source;
    private int[] columns = {};
    private int[] lines = {};
    private int[] inRow = {};
    private int columnCount;
    private int lineCount;
    private int channels;
    private int top;
    private int line;

    /** First the columns and lines of the source that are wanted … */
    NearestRows pick(
            int inHeight,
            int inWidth,
            int outHeight,
            int outWidth,
            int left,
            int top,
            int right,
            int bottom) {
        columnCount = right - left;
        lineCount = bottom - top;
        columns = Workspace.atLeast(columns, columnCount);
        lines = Workspace.atLeast(lines, lineCount);
        Axis.nearestPixels(inWidth, outWidth, left, right, columns);
        Axis.nearestPixels(inHeight, outHeight, top, bottom, lines);
        this.top = top;
        return this;
    }

    int firstColumn() {
        return columns[0];
    }

    int lastColumn() {
        return columns[columnCount - 1];
    }

    int firstLine() {
        return lines[0];
    }

    int lastLine() {
        return lines[lineCount - 1];
    }

    /** … then the source, opened on the window that they span. */
    NearestRows reset(Rows source, int channels) {
        this.source = source;
        this.channels = channels;
        line = -1;
        inRow = Workspace.atLeast(inRow, (lastColumn() - firstColumn() + 1) * channels);
        return this;
    }

    @Override
    void row(int y, int[] room, int at) {
        int wanted = lines[y - top];
        byte[] lent = source.lent();
        if (lent != null) {
            pickBytes(lent, source.lentAt(wanted), room, at);
            return;
        }
        if (wanted != line) {
            source.row(wanted, inRow, 0);
            line = wanted;
        }
        int start = columns[0];
        for (int x = 0; x < columnCount; x++) {
            int in = (columns[x] - start) * channels;
            for (int c = 0; c < channels; c++) {
                room[at++] = inRow[in + c];
            }
        }
    }

    private void pickBytes(byte[] row, int rowAt, int[] room, int at) {
        int start = columns[0];
        for (int x = 0; x < columnCount; x++) {
            int in = rowAt + (columns[x] - start) * channels;
            for (int c = 0; c < channels; c++) {
                room[at++] = row[in + c] & 0xFF;
            }
        }
    }
}
