// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.content.Context;
import android.graphics.Bitmap;
import android.media.Image;
import edgegen.kernels.RgbImage;
import java.util.List;

/**
 * {{ cookiecutter.name_javadoc }}: what is in the picture?
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(context)) {
 *     List<Label> top = classifier.classify(bitmap, 5);
 * }
 * }</pre>
 *
 * <p>The model sees, bit for bit, what it saw in Python. Loading and classifying take too long for
 * the main thread and refuse it with IllegalStateException. Safe for use from several threads; one
 * call waits for the other. From one frame of a camera to the next, pixels and input stay in the
 * same memory: new are the output and the labels, some kilobytes.
 */
public final class Classifier implements AutoCloseable {
    private final Model model;
    private final Preprocessor preprocessor = new Preprocessor();
    private final Scores scores = new Scores();
    private final Tensor[] inputs = {Tensor.zeros(Model.inputs().get(0))};
    private Timings timings = Timings.NONE;

    private Classifier(Model model) {
        this.model = model;
    }

    /**
     * Loads the model, see {@link Model#load}.
     *
     * @throws ModelException when the model cannot be used; {@link ModelException#reason} says why
     * @throws IllegalStateException on the main thread
     */
    public static Classifier load(Context context) throws ModelException {
        return new Classifier(Model.load(context));
    }

    /**
     * The most probable classes of a picture, the best first.
     *
     * @param photo upright, of any size and kind but ALPHA_8; {@link Photos#decode} reads a file so
     *     that the answer is Python's
     * @param top how many, at least 1
     * @throws ModelException when the runtime fails
     * @throws IllegalArgumentException when the picture cannot be brought to the model's size
     * @throws IllegalStateException on the main thread, or after {@link #close}
     */
    public synchronized List<Label> classify(Bitmap photo, int top) throws ModelException {
        Model.requireBackground("classify");
        long start = System.nanoTime();
        preprocessor.fill(inputs[0], photo);
        return run(start, top);
    }

    /** The same for a frame of the camera; see the method with {@code mirror}. */
    public List<Label> classify(Image frame, int rotationDegrees, int top) throws ModelException {
        return classify(frame, rotationDegrees, false, top);
    }

    /**
     * The same for a frame of the camera.
     *
     * @param frame of the format YUV_420_888; what is in its crop rectangle is seen. The caller
     *     closes it
     * @param rotationDegrees how far to turn it clockwise until it is upright: 0, 90, 180 or 270
     * @param mirror whether to swap left and right after that, as a front camera's preview does
     * @param top how many, at least 1
     * @throws ModelException when the runtime fails
     * @throws IllegalArgumentException for another format or angle
     * @throws IllegalStateException on the main thread, or after {@link #close}
     */
    public synchronized List<Label> classify(
            Image frame, int rotationDegrees, boolean mirror, int top) throws ModelException {
        Model.requireBackground("classify");
        long start = System.nanoTime();
        preprocessor.fill(inputs[0], frame, rotationDegrees, mirror);
        return run(start, top);
    }

    /**
     * The same for a picture in memory.
     *
     * @param photo upright, of any size
     * @param top how many, at least 1
     * @throws ModelException when the runtime fails
     * @throws IllegalArgumentException when the picture cannot be brought to the model's size
     * @throws IllegalStateException on the main thread, or after {@link #close}
     */
    public synchronized List<Label> classify(RgbImage photo, int top) throws ModelException {
        Model.requireBackground("classify");
        long start = System.nanoTime();
        preprocessor.fill(inputs[0], photo);
        return run(start, top);
    }

    private List<Label> run(long start, int top) throws ModelException {
        long filled = System.nanoTime();
        Tensor[] outputs = model.runInOrder(inputs);
        long ran = System.nanoTime();
        List<Label> labels = scores.top(outputs[0], top);
        timings = new Timings(filled - start, ran - filled, System.nanoTime() - ran);
        return labels;
    }

    /** How long the last call took; zeros before the first. */
    public synchronized Timings timings() {
        return timings;
    }

    /** Frees the model's memory, after the call that is under way. Further calls do nothing. */
    @Override
    public synchronized void close() {
        model.close();
    }
}
