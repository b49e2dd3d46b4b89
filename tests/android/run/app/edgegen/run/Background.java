package edgegen.run;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Work of a test that must not be done on the main thread, where the test itself runs. */
final class Background {
    private Background() {}

    /** What {@code work} gives, or its own exception. */
    static <T> T get(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "test").start();
        try {
            return task.get(120, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw new AssertionError(e.getCause());
        }
    }
}
