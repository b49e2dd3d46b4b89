// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/**
 * A lazy picture: the steps of a torchvision transform are written down, and only the pixels that
 * survive are computed. Reads like the transform it mirrors:
 *
 * <pre>{@code
 * Picture seen = workspace.picture(photo, PassOrder.PILLOW_13)
 *         .resizeShortSide(256, Filter.BILINEAR)
 *         .centerCrop(224, 224);
 * ToTensor.toChw(seen, levels, ChannelOrder.RGB, tensor);
 * }</pre>
 *
 * <p>Every step gives, bit for bit, what Pillow 13 and torchvision 0.28 give for an 8-bit RGB or L
 * picture. A picture never changes; a step returns another one and computes no pixel. It is valid
 * until its workspace starts the next photo, and as thread-safe as that: not.
 *
 * <p>A step throws IllegalArgumentException for a size below 1 or above {@link RgbImage#MAX_SIDE},
 * its own result's size included.
 */
public final class Picture {
    private enum Step {
        PHOTO,
        GRAY,
        RESIZE,
        CROP,
        PAD
    }

    private final Workspace workspace;
    private RgbImage photo;

    /** In place of the photo, or null. */
    private PixelSource source;

    private PassOrder order;
    private int width;
    private int height;
    private int channels;

    /** How this picture is made of the one before it. */
    private Step step;

    private Picture before;
    private Filter filter;
    private int left;
    private int top;
    private int fill;

    Picture(Workspace workspace) {
        this.workspace = workspace;
    }

    Picture startWith(RgbImage photo, PassOrder order) {
        set(Step.PHOTO, null, photo.width(), photo.height(), 3);
        this.photo = photo;
        this.source = null;
        this.order = order;
        return this;
    }

    Picture startWith(PixelSource source, PassOrder order) {
        set(Step.PHOTO, null, source.width(), source.height(), 3);
        this.photo = null;
        this.source = source;
        this.order = order;
        return this;
    }

    private void set(Step step, Picture before, int width, int height, int channels) {
        this.step = step;
        this.before = before;
        this.width = width;
        this.height = height;
        this.channels = channels;
    }

    private Picture then(Step step, int width, int height, int channels) {
        Picture next = workspace.nextPicture();
        next.set(step, this, width, height, channels);
        next.photo = photo;
        next.source = source;
        next.order = order;
        return next;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** 3 (R, G, B) or 1 (gray). */
    public int channels() {
        return channels;
    }

    /** Pillow's convert("L"): (19595 R + 38470 G + 7471 B + 2^15) >> 16, in 1 channel or thrice. */
    public Picture gray(int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "edgegen: gray in neither 1 nor 3 channels: got " + channels);
        }
        if (channels == 1 && this.channels == 1) {
            return this;
        }
        return then(Step.GRAY, width, height, channels);
    }

    /** Image.resize: exactly this size, antialiased (but NEAREST). */
    public Picture resize(int height, int width, Filter filter) {
        checkedSide("resize", height);
        checkedSide("resize", width);
        if (height == this.height && width == this.width) {
            return this;
        }
        Picture next = then(Step.RESIZE, width, height, channels);
        next.filter = filter;
        return next;
    }

    /**
     * torchvision's Resize(size): the short side becomes {@code size}, the long one size * long /
     * short, cut off.
     */
    public Picture resizeShortSide(int size, Filter filter) {
        return resizeShortSide(size, filter, 0);
    }

    /**
     * The same, but where the long side would be above {@code maxSize} (0: no limit; else it must
     * be above {@code size}) the long side is {@code maxSize} and the short one follows.
     */
    public Picture resizeShortSide(int size, Filter filter, int maxSize) {
        checkedSide("resizeShortSide", size);
        if (maxSize != 0 && maxSize <= size) {
            throw new IllegalArgumentException(
                    "edgegen: resizeShortSide with a maxSize that is not above size: got "
                            + maxSize + " for " + size);
        }
        // Products first, then one division: Python's int(size * long / short). The products are
        // exact in a double.
        double shortSide = size;
        double longSide =
                Math.floor((double) size * Math.max(width, height) / Math.min(width, height));
        if (maxSize != 0 && longSide > maxSize) {
            shortSide = Math.floor((double) maxSize * shortSide / longSide);
            longSide = maxSize;
        }
        int newShort = checkedSide("resizeShortSide", shortSide);
        int newLong = checkedSide("resizeShortSide", longSide);
        return width <= height
                ? resize(newLong, newShort, filter)
                : resize(newShort, newLong, filter);
    }

    /**
     * ImageOps.pad: the whole picture in its own proportions, centred, the rest painted with a
     * colour (on a gray picture {@code red} is the level, the others are not looked at). If it is
     * so long that a side becomes 0, Pillow 13 paints everything, and before that it is an error.
     */
    public Picture letterbox(int height, int width, Filter filter, int red, int green, int blue) {
        checkedSide("letterbox", height);
        checkedSide("letterbox", width);
        int fill = color(red, green, blue);
        double ratio = (double) this.width / this.height;
        double wantedRatio = (double) width / height;
        int newWidth = width;
        int newHeight = height;
        if (ratio > wantedRatio) {
            newHeight = (int) Math.rint((double) this.height / this.width * width);
        } else if (ratio < wantedRatio) {
            newWidth = (int) Math.rint((double) this.width / this.height * height);
        }
        if ((newWidth == 0 || newHeight == 0) && order == PassOrder.PILLOW_13) {
            // A picture so long that nothing of it is left. Pillow 13 gives a bare canvas, those
            // before refuse, as resize() does below. The picture is put beside the canvas.
            return padded(width, 0, width, height, fill);
        }
        Picture resized = resize(newHeight, newWidth, filter);
        if (newWidth == width && newHeight == height) {
            return resized;
        }
        int left = (int) Math.rint((width - newWidth) * 0.5);
        int top = (int) Math.rint((height - newHeight) * 0.5);
        return resized.padded(left, top, width, height, fill);
    }

    /**
     * torchvision's CenterCrop: from round((side - size) / 2), half to even; black where the
     * picture is smaller.
     */
    public Picture centerCrop(int height, int width) {
        checkedSide("centerCrop", height);
        checkedSide("centerCrop", width);
        int lessWidth = Math.max(width - this.width, 0);
        int lessHeight = Math.max(height - this.height, 0);
        if (lessWidth > 0 || lessHeight > 0) {
            return pad(
                            lessWidth / 2,
                            lessHeight / 2,
                            lessWidth - lessWidth / 2,
                            lessHeight - lessHeight / 2,
                            0,
                            0,
                            0)
                    .centerCrop(height, width);
        }
        if (width == this.width && height == this.height) {
            return this;
        }
        Picture next = then(Step.CROP, width, height, channels);
        next.left = CropRows.centreStart(this.width, width);
        next.top = CropRows.centreStart(this.height, height);
        return next;
    }

    /** torchvision's Pad: that many pixels of a colour at each side; none may be negative. */
    public Picture pad(int left, int top, int right, int bottom, int red, int green, int blue) {
        if (left < 0 || top < 0 || right < 0 || bottom < 0) {
            throw new IllegalArgumentException("edgegen: pad by less than 0");
        }
        int fill = color(red, green, blue);
        if (left == 0 && top == 0 && right == 0 && bottom == 0) {
            return this;
        }
        int newWidth = checkedSide("pad", (double) width + left + right);
        int newHeight = checkedSide("pad", (double) height + top + bottom);
        return padded(left, top, newWidth, newHeight, fill);
    }

    private Picture padded(int left, int top, int width, int height, int fill) {
        Picture next = then(Step.PAD, width, height, channels);
        next.left = left;
        next.top = top;
        next.fill = fill;
        return next;
    }

    /** Computes the picture: H x W x channels, uint8, in a new array. For tests and previews. */
    public byte[] pixels() {
        int samples = width * channels;
        byte[] pixels = new byte[Math.multiplyExact(samples, height)];
        Rows rows = rows(0, height);
        int[] row = workspace.row(samples);
        int out = 0;
        for (int y = 0; y < height; y++) {
            rows.row(y, row, 0);
            for (int i = 0; i < samples; i++) {
                pixels[out++] = (byte) row[i];
            }
        }
        return pixels;
    }

    Workspace workspace() {
        return workspace;
    }

    /**
     * The picture's rows from {@code top} to just above {@code bottom}, computed one at a time.
     * Ends any other stream of rows.
     */
    Rows rows(int top, int bottom) {
        workspace.releaseRows();
        return open(0, top, width, bottom);
    }

    /** The rows of a window of this picture; {@code right} and {@code bottom} are just outside. */
    private Rows open(int left, int top, int right, int bottom) {
        switch (step) {
            case GRAY:
                return workspace.grayRows
                        .take()
                        .reset(
                                before.open(left, top, right, bottom),
                                before.channels,
                                channels,
                                right - left);
            case RESIZE:
                return filter == Filter.NEAREST
                        ? openNearest(left, top, right, bottom)
                        : openResize(left, top, right, bottom);
            case CROP:
                return workspace.cropRows
                        .take()
                        .reset(
                                before.open(
                                        left + this.left,
                                        top + this.top,
                                        right + this.left,
                                        bottom + this.top),
                                this.top);
            case PAD:
                return openPad(left, top, right, bottom);
            default:
                return openPhoto(left, top, right, bottom);
        }
    }

    private Rows openPhoto(int left, int top, int right, int bottom) {
        PhotoRows rows = workspace.photoRows.take();
        if (source == null) {
            return rows.reset(photo, left, 0, right - left);
        }
        source.read(left, top, right, bottom, workspace.window);
        return rows.reset(workspace.window, 0, top, right - left);
    }

    private Rows openNearest(int left, int top, int right, int bottom) {
        NearestRows rows =
                workspace.nearestRows
                        .take()
                        .pick(before.height, before.width, height, width, left, top, right, bottom);
        Rows source =
                before.open(
                        rows.firstColumn(),
                        rows.firstLine(),
                        rows.lastColumn() + 1,
                        rows.lastLine() + 1);
        return rows.reset(source, channels);
    }

    /** Each pass only over the pixels that the next one needs; a side that stays has none. */
    private Rows openResize(int left, int top, int right, int bottom) {
        HorizontalRows across = null;
        VerticalRows down = null;
        int inLeft = left;
        int inRight = right;
        int inTop = top;
        int inBottom = bottom;
        if (before.width != width) {
            across = workspace.horizontalRows.take();
            Axis axis = across.axis().reset(before.width, width, filter, left, right);
            inLeft = axis.first(left);
            inRight = axis.last(right - 1);
        }
        if (before.height != height) {
            down = workspace.verticalRows.take();
            Axis axis = down.axis().reset(before.height, height, filter, top, bottom);
            inTop = axis.first(top);
            inBottom = axis.last(bottom - 1);
        }
        Rows rows = before.open(inLeft, inTop, inRight, inBottom);
        if (down != null && order.verticalFirst(before.height, before.width, height, width)) {
            rows = down.reset(rows, (inRight - inLeft) * channels);
            return across == null ? rows : across.reset(rows, channels, bottom);
        }
        if (across != null) {
            rows = across.reset(rows, channels, inBottom);
        }
        return down == null ? rows : down.reset(rows, (right - left) * channels);
    }

    /** What of the picture is outside the window is not opened. */
    private Rows openPad(int left, int top, int right, int bottom) {
        int inLeft = Math.max(left, this.left);
        int inTop = Math.max(top, this.top);
        int inRight = Math.min(right, this.left + before.width);
        int inBottom = Math.min(bottom, this.top + before.height);
        PadRows rows = workspace.padRows.take();
        if (inLeft >= inRight || inTop >= inBottom) {
            return rows.reset(null, 0, 0, 0, 0, 0, right - left, channels, fill);
        }
        Rows source =
                before.open(
                        inLeft - this.left,
                        inTop - this.top,
                        inRight - this.left,
                        inBottom - this.top);
        return rows.reset(
                source,
                this.top,
                inLeft - left,
                inTop,
                inBottom,
                inRight - inLeft,
                right - inRight,
                channels,
                fill);
    }

    /** {@code size} as an int, if a picture can be that wide or high. */
    private static int checkedSide(String step, double size) {
        if (size >= 1.0 && size <= RgbImage.MAX_SIDE) {
            return (int) size;
        }
        throw new IllegalArgumentException(
                "edgegen: " + step + " to a side of " + (long) size + " pixels; a side has 1 to "
                        + RgbImage.MAX_SIDE);
    }

    private static int color(int red, int green, int blue) {
        if (((red | green | blue) & ~0xFF) != 0) {
            throw new IllegalArgumentException(
                    "edgegen: a colour has levels of 0 to 255: got " + red + ", " + green + ", "
                            + blue);
        }
        return red << 16 | green << 8 | blue;
    }
}
