// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Owns every object and buffer that a pipeline needs. After the first picture of a size, the next
 * ones allocate nothing.
 *
 * <p>Not thread-safe: one workspace to a thread.
 */
public final class Workspace {
    private final Pool<Picture> pictures = new Pool<>(() -> new Picture(this));
    final Pool<PhotoRows> photoRows = new Pool<>(PhotoRows::new);
    final Pool<CropRows> cropRows = new Pool<>(CropRows::new);
    final Pool<GrayRows> grayRows = new Pool<>(GrayRows::new);
    final Pool<PadRows> padRows = new Pool<>(PadRows::new);
    final Pool<NearestRows> nearestRows = new Pool<>(NearestRows::new);
    final Pool<HorizontalRows> horizontalRows = new Pool<>(HorizontalRows::new);
    final Pool<VerticalRows> verticalRows = new Pool<>(VerticalRows::new);
    final TensorLine.Ints ints = new TensorLine.Ints();
    final TensorLine.Shorts shorts = new TensorLine.Shorts();
    final TensorLine.Bytes bytes = new TensorLine.Bytes();
    final RgbImage window = new RgbImage();
    private final int part;
    private final int parts;
    private int[] row = {};

    /** For whole tensors. */
    public Workspace() {
        this(0, 1);
    }

    /**
     * For one part of each tensor, some rows of all of its channels: {@link ToTensor} writes them
     * and leaves the rest of the buffer alone. So several threads make one tensor together, each
     * with a workspace of its own and the same steps; the bits are those of a tensor that is made
     * whole. Only what these rows are made of is read and computed.
     *
     * @param part 0 to parts - 1; the parts are the tensor's rows from top to bottom, in shares
     *     that differ by a row at most
     * @throws IllegalArgumentException if there is no such part
     */
    public Workspace(int part, int parts) {
        if (part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "edgegen: a workspace for part " + part + " of " + parts);
        }
        this.part = part;
        this.parts = parts;
    }

    /** The first of this workspace's rows of a tensor. */
    int firstRow(int height) {
        return (int) ((long) height * part / parts);
    }

    /** Just below the last of this workspace's rows of a tensor; the first, if it has none. */
    int endRow(int height) {
        return (int) ((long) height * (part + 1) / parts);
    }

    /**
     * A photo, before any step. The pictures of the photo before it are not valid any more: their
     * objects are used again.
     *
     * @param photo borrowed until the next call
     * @param order the Pillow version to reproduce
     * @throws IllegalArgumentException for an image without pixels
     */
    public Picture picture(RgbImage photo, PassOrder order) {
        if (photo.width() == 0) {
            throw new IllegalArgumentException("edgegen: an image without pixels");
        }
        pictures.releaseAll();
        return pictures.take().startWith(photo, order);
    }

    /**
     * The same for a photo whose pixels are made when they are needed: each time that pixels of a
     * picture of it are computed, and only those that they are computed from.
     */
    public Picture picture(PixelSource photo, PassOrder order) {
        pictures.releaseAll();
        return pictures.take().startWith(photo, order);
    }

    Picture nextPicture() {
        return pictures.take();
    }

    /** Only one stream of rows is read at a time: all of its parts may be used again. */
    void releaseRows() {
        photoRows.releaseAll();
        cropRows.releaseAll();
        grayRows.releaseAll();
        padRows.releaseAll();
        nearestRows.releaseAll();
        horizontalRows.releaseAll();
        verticalRows.releaseAll();
    }

    /** Room for the row that is made last, with at least {@code samples} samples. */
    int[] row(int samples) {
        row = atLeast(row, samples);
        return row;
    }

    /** The array itself, or a longer one in its place; null counts as empty. */
    static int[] atLeast(int[] array, int length) {
        return array != null && array.length >= length ? array : new int[length];
    }

    /** Objects that are made once and handed out again and again, in the same order. */
    static final class Pool<T> {
        private final Supplier<T> make;
        private final List<T> made = new ArrayList<>();
        private int taken;

        Pool(Supplier<T> make) {
            this.make = make;
        }

        T take() {
            if (taken == made.size()) {
                made.add(make.get());
            }
            return made.get(taken++);
        }

        void releaseAll() {
            taken = 0;
        }
    }
}
