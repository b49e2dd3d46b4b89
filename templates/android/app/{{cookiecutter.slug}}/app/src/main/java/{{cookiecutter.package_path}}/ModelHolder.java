// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.os.Process;
import {{ cookiecutter.model_package }}.ModelException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one model of the process and the one thread that touches it.
 *
 * <p>It belongs to the application, not to a screen, so a rotation neither stops work nor loads the
 * model again. What is given to {@link #execute} runs in order, off the main thread; the model
 * itself is loaded by the first that asks.
 */
final class ModelHolder<T> implements Executor {
    /** How to load the model. */
    interface Loader<T> {
        T load() throws ModelException;
    }

    private final Loader<? extends T> loader;
    private final Consumer<? super T> closer;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(work -> new Thread(() -> runQuietly(work), "model"));

    /** Only the model's thread reads or writes this. */
    private @Nullable T model;

    ModelHolder(Loader<? extends T> loader, Consumer<? super T> closer) {
        this.loader = loader;
        this.closer = closer;
    }

    /** Runs {@code work} on the model's thread, after all that was given before. */
    @Override
    public void execute(Runnable work) {
        thread.execute(work);
    }

    /**
     * The model, loaded now if it is not yet. To be called on the model's thread only, so within
     * {@link #execute}; the result must not be kept, because {@link #release} closes it.
     *
     * @throws ModelException each time anew, where the model cannot be loaded
     */
    T get() throws ModelException {
        T loaded = model;
        if (loaded == null) {
            loaded = loader.load();
            model = loaded;
        }
        return loaded;
    }

    /**
     * Gives the model's memory back once the work that waits is done; the next {@link #get} loads
     * it again.
     */
    void release() {
        execute(
                () -> {
                    T loaded = model;
                    model = null;
                    if (loaded != null) {
                        closer.accept(loaded);
                    }
                });
    }

    private static void runQuietly(Runnable work) {
        // A little below the main thread's: the screen stays smooth while the model computes.
        Process.setThreadPriority(
                Process.THREAD_PRIORITY_DEFAULT + Process.THREAD_PRIORITY_LESS_FAVORABLE);
        work.run();
    }
}
