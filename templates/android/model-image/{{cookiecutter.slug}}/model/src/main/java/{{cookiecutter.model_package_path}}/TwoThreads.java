// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import org.jspecify.annotations.Nullable;

/**
 * Does the parts of a job on two threads, the caller's and a helper's: whoever is free takes the
 * next part.
 *
 * <p>The caller waits for nothing but a part that the helper has begun. A helper that comes late,
 * on a busy phone or for a small job, finds less to do or nothing; one that sits on a slow core
 * does fewer parts. A call allocates nothing. The helper is a daemon and ends when it has had
 * nothing to do for a while; the next call starts another. So there is nothing to close.
 *
 * <p>Not thread-safe: one call of {@link #run} at a time.
 */
final class TwoThreads {
    /** Does one part, on either thread, while the other may do another. */
    interface Job {
        void run(int part);
    }

    private static final int IDLE_MILLIS = 5_000;

    private final int idleMillis;

    // All of these are guarded by this object's lock.
    private @Nullable Thread helper;
    private @Nullable Job job;
    private int next;
    private int parts;
    private boolean isHelping;
    private @Nullable Throwable failure;

    TwoThreads() {
        this(IDLE_MILLIS);
    }

    /** With a helper that ends when it has had nothing to do for that long. */
    TwoThreads(int idleMillis) {
        this.idleMillis = idleMillis;
    }

    /**
     * Does the parts 0 to {@code parts} - 1, begun in this order, and returns when all are done. If
     * one fails, no other is begun, and what it threw is thrown here, whichever thread it was on.
     */
    void run(Job job, int parts) {
        if (parts > 1) {
            callHelper();
        }
        begin(job, parts);
        work(job);
        awaitHelper();
        end();
    }

    private synchronized void callHelper() {
        if (helper == null) {
            Thread thread = new Thread(this::help, "edgegen-preprocessing");
            thread.setDaemon(true);
            thread.start(); // with this thread's priority
            helper = thread;
        }
    }

    private synchronized void begin(Job job, int parts) {
        this.job = job;
        this.parts = parts;
        next = 0;
        failure = null;
        notifyAll();
    }

    private void work(Job job) {
        for (int part = take(); part >= 0; part = take()) {
            try {
                job.run(part);
            } catch (RuntimeException | Error error) {
                fail(error);
            }
        }
    }

    /** The next part, or -1. */
    private synchronized int take() {
        return next < parts ? next++ : -1;
    }

    private synchronized void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
        next = parts;
    }

    /** Not to be interrupted: the helper is still writing to the caller's buffers. */
    private void awaitHelper() {
        boolean isInterrupted = false;
        synchronized (this) {
            while (isHelping) {
                try {
                    wait();
                } catch (InterruptedException interruption) {
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        job = null;
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** The helper's life. */
    private void help() {
        try {
            for (Job job = awaitJob(); job != null; job = awaitJob()) {
                try {
                    work(job);
                } finally {
                    stopHelping();
                }
            }
        } catch (InterruptedException interruption) {
            // Somebody wants all threads to end. The next call starts another.
        } finally {
            leave();
        }
    }

    /** Waits for a job with a part that nobody has begun; null if none comes. */
    private synchronized @Nullable Job awaitJob() throws InterruptedException {
        long start = System.nanoTime();
        while (job == null || next >= parts) {
            long left = idleMillis - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        isHelping = true;
        return job;
    }

    private synchronized void stopHelping() {
        isHelping = false;
        notifyAll();
    }

    private synchronized void leave() {
        helper = null;
    }
}
