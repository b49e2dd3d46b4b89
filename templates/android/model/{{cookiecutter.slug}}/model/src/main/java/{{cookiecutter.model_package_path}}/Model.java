// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import android.content.Context;
import android.content.res.AssetManager;
import android.os.Looper;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model: tensors in, tensors out.
 *
{{ cookiecutter.model_example }}
 *
 * <p>Safe for use from several threads; one run waits for the other. Loading and running take too
 * long for the main thread and refuse it with IllegalStateException.
 */
public final class Model implements AutoCloseable {
    // Null once closed.
    private @Nullable ModelRunner runner;

    private Model(ModelRunner runner) {
        this.runner = runner;
    }

    /**
     * Loads the model that is in the app. The first time it is also copied to where the runtime can
     * read it, which takes as much space on the device again.
     *
     * @throws ModelException when it is missing, damaged or another model, when there is no space
     *     for it, or when the runtime cannot load it; {@link ModelException#reason} says which
     * @throws IllegalStateException on the main thread
     */
    public static Model load(Context context) throws ModelException {
        requireBackground("load");
        File folder = new File(context.getNoBackupFilesDir(), "{{ cookiecutter.model_package }}");
        AssetManager assets = context.getAssets();
        return new Model(
                ModelRunner.load(
                        ModelFile.install(folder, () -> assets.open(ModelSpec.MODEL_FILE))));
    }

    /** What the model takes, in its own order. */
    public static List<TensorInfo> inputs() {
        return ModelSpec.INPUTS;
    }

    /** What the model gives, in its own order. */
    public static List<TensorInfo> outputs() {
        return ModelSpec.OUTPUTS;
    }

    /**
     * What an input looks like.
     *
     * @throws IllegalArgumentException when the model has no input of that name
     */
    public static TensorInfo input(String name) {
        for (TensorInfo info : ModelSpec.INPUTS) {
            if (info.name().equals(name)) {
                return info;
            }
        }
        throw new IllegalArgumentException("the model has no input " + name);
    }

    /**
     * Runs the model.
     *
     * @param inputs each of the model's inputs once, in any order
     * @throws ModelException when the runtime fails
     * @throws IllegalArgumentException when an input is missing, or has another shape or dtype
     * @throws IllegalStateException on the main thread, or after {@link #close}
     */
    public Outputs run(Tensor... inputs) throws ModelException {
        requireBackground("run");
        return new Outputs(runInOrder(inOrder(inputs)));
    }

    private static Tensor[] inOrder(Tensor[] given) {
        Tensor[] ordered = new Tensor[ModelSpec.INPUTS.size()];
        for (int i = 0; i < ordered.length; i++) {
            TensorInfo info = ModelSpec.INPUTS.get(i);
            ordered[i] = checked(info, find(info.name(), given));
        }
        if (given.length != ordered.length) {
            throw new IllegalArgumentException(
                    "the model has " + ordered.length + " inputs, " + given.length
                            + " were given");
        }
        return ordered;
    }

    private static Tensor find(String name, Tensor[] given) {
        for (Tensor tensor : given) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException("the input " + name + " was not given");
    }

    private static Tensor checked(TensorInfo info, Tensor tensor) {
        if (!info.fits(tensor.dtype(), tensor.shape())) {
            throw new IllegalArgumentException(
                    "the input " + info.name() + " is " + info + ", not " + tensor);
        }
        return tensor;
    }

    /** Runs the model on tensors that are known to fit, in the model's own order. */
    synchronized Tensor[] runInOrder(Tensor[] inputs) throws ModelException {
        if (runner == null) {
            throw new IllegalStateException("the model has been closed");
        }
        return runner.run(inputs);
    }

    /** Frees the model's memory, after the run that is under way. Further calls do nothing. */
    @Override
    public synchronized void close() {
        if (runner != null) {
            runner.close();
            runner = null;
        }
    }

    /** A main thread that waits for a model drops frames; after five seconds the app is ended. */
    static void requireBackground(String call) {
        if (Looper.getMainLooper().isCurrentThread()) {
            throw new IllegalStateException(
                    call + "() takes long: call it on a thread of its own, not on the main one");
        }
    }
}
