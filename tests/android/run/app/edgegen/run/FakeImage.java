package edgegen.run;

import android.graphics.ImageFormat;
import android.graphics.Rect;
import android.media.Image;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A camera's frame: planes in the memory layout that a test wants. */
final class FakeImage extends Image {
    /** The frame that Python made: 640 x 480, semi-planar chroma, rows with padding behind them. */
    static final int WIDTH = 640;

    static final int HEIGHT = 480;
    static final int ROW_STRIDE = 704;

    private final int format;
    private final Plane[] planes;
    private final Rect crop = new Rect(0, 0, WIDTH, HEIGHT);
    boolean closed;

    private FakeImage(int format, Plane... planes) {
        this.format = format;
        this.planes = planes;
    }

    /** Y, and V and U in turns, as most phones give it: U's plane begins one byte into V's. */
    static FakeImage ofCamera() throws IOException {
        ByteBuffer luma = direct(Expected.bytes("frame.y"));
        ByteBuffer chroma = direct(Expected.bytes("frame.vu"));
        ByteBuffer first = chroma.duplicate();
        first.limit(chroma.capacity() - 1);
        ByteBuffer second = chroma.duplicate();
        second.position(1);
        return new FakeImage(
                ImageFormat.YUV_420_888,
                new FakePlane(luma, 1),
                new FakePlane(second.slice(), 2),
                new FakePlane(first.slice(), 2));
    }

    static FakeImage ofFormat(int format) {
        return new FakeImage(format);
    }

    private static ByteBuffer direct(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        buffer.rewind();
        return buffer;
    }

    @Override
    public int getFormat() {
        return format;
    }

    @Override
    public int getWidth() {
        return WIDTH;
    }

    @Override
    public int getHeight() {
        return HEIGHT;
    }

    @Override
    public Rect getCropRect() {
        return crop;
    }

    @Override
    public int getDataSpace() {
        return android.hardware.DataSpace.DATASPACE_JFIF;
    }

    @Override
    public long getTimestamp() {
        return 0;
    }

    @Override
    public int getTransform() {
        return 0;
    }

    @Override
    public int getScalingMode() {
        return 0;
    }

    @Override
    public Plane[] getPlanes() {
        return planes;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class FakePlane extends Plane {
        private final ByteBuffer samples;
        private final int pixelStride;

        FakePlane(ByteBuffer samples, int pixelStride) {
            this.samples = samples;
            this.pixelStride = pixelStride;
        }

        @Override
        public int getRowStride() {
            return ROW_STRIDE;
        }

        @Override
        public int getPixelStride() {
            return pixelStride;
        }

        @Override
        public ByteBuffer getBuffer() {
            return samples;
        }
    }
}
