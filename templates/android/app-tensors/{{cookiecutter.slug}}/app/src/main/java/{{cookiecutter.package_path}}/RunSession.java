// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.Context;
import android.net.Uri;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemClock;
import {{ cookiecutter.model_package }}.Model;
import {{ cookiecutter.model_package }}.ModelException;
import {{ cookiecutter.model_package }}.Outputs;
import {{ cookiecutter.model_package }}.Tensor;
import {{ cookiecutter.model_package }}.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file for each of the model's inputs, what the model makes of them, and the work that finds out.
 * A screen shows it; a rotation hands it to the next screen, and work in flight goes on.
 *
 * <p>Everything but {@link #run(List, int)} is for the main thread.
 */
final class RunSession {
    /** Told, on the main thread, that there is something new to show. */
    interface Listener {
        void onChanged();
    }

    private final Handler main = new Handler(Looper.getMainLooper());
    private final ModelHolder<Model> model;
    private final Context application;
    private final InputFiles files = new InputFiles();

    /** By the input's index; null until one is chosen. */
    private final List<@Nullable Uri> chosen =
            new ArrayList<>(Collections.nCopies(Model.inputs().size(), null));

    /** What the files are called, by the input's index; null until it is known. */
    private final List<@Nullable String> names =
            new ArrayList<>(Collections.nCopies(Model.inputs().size(), null));

    private @Nullable Listener listener;
    private List<OutputText> outputs = Collections.emptyList();
    private @Nullable StageTimes times;
    private @Nullable Throwable problem;
    private boolean working;

    /** The run asked for last; the model's thread reads it, and drops a run that is out of date. */
    private volatile int wanted;

    RunSession(DemoApplication application) {
        this.application = application;
        model = application.model();
    }

    void setListener(@Nullable Listener listener) {
        this.listener = listener;
    }

    /** The file that is chosen for an input, or null. */
    @Nullable Uri chosen(int input) {
        return chosen.get(input);
    }

    /** What the file that is chosen for an input is called, or null until that is known. */
    @Nullable String name(int input) {
        return names.get(input);
    }

    /** The first input that has no file yet, or null when the model can run. */
    @Nullable TensorInfo missing() {
        int input = chosen.indexOf(null);
        return input < 0 ? null : Model.inputs().get(input);
    }

    /** What the model gave, in its own order; empty until it is known. */
    List<OutputText> outputs() {
        return outputs;
    }

    @Nullable StageTimes times() {
        return times;
    }

    /** Why there are no outputs, or null. */
    @Nullable Throwable problem() {
        return problem;
    }

    boolean isWorking() {
        return working;
    }

    /** Takes {@code file} for an input. What was computed from another is no longer shown. */
    void choose(int input, Uri file) {
        chosen.set(input, file);
        names.set(input, null);
        clear(false);
        changed();
        model.execute(
                () -> {
                    String name = FileName.of(application.getContentResolver(), file);
                    main.post(() -> named(input, file, name));
                });
    }

    private void named(int input, Uri file, String name) {
        if (file.equals(chosen.get(input))) {
            names.set(input, name);
            changed();
        }
    }

    /** Begins to run the model on the files; there has to be one for each input. */
    void run() {
        List<Uri> all = new ArrayList<>();
        for (Uri file : chosen) {
            if (file == null) {
                throw new IllegalStateException("not every input has a file");
            }
            all.add(file);
        }
        clear(true);
        changed();
        int number = wanted;
        model.execute(() -> run(all, number));
    }

    private void clear(boolean work) {
        wanted++;
        outputs = Collections.emptyList();
        times = null;
        problem = null;
        working = work;
    }

    /** On the model's thread. */
    private void run(List<Uri> all, int number) {
        if (number != wanted) {
            return;
        }
        try {
            Model loaded = model.get();
            long begin = SystemClock.elapsedRealtimeNanos();
            Tensor[] tensors = new Tensor[all.size()];
            for (int input = 0; input < tensors.length; input++) {
                tensors[input] = files.read(application, Model.inputs().get(input), all.get(input));
            }
            long filled = SystemClock.elapsedRealtimeNanos();
            Outputs found = loaded.run(tensors);
            long ran = SystemClock.elapsedRealtimeNanos();
            List<OutputText> texts = new ArrayList<>();
            for (Tensor tensor : found.tensors()) {
                texts.add(OutputText.of(tensor));
            }
            publish(
                    number,
                    () -> {
                        outputs = texts;
                        times = new StageTimes(filled - begin, ran - filled);
                    });
        } catch (IOException | ModelException | IllegalArgumentException | OutOfMemoryError e) {
            publish(number, () -> problem = e);
        }
    }

    private void publish(int number, Runnable change) {
        main.post(
                () -> {
                    if (number == wanted) {
                        change.run();
                        working = false;
                        changed();
                    }
                });
    }

    private void changed() {
        Listener told = listener;
        if (told != null) {
            told.onChanged();
        }
    }
}
