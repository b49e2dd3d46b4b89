// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.Test;

/** A job on two threads is done once, wholly, and before the caller goes on, whatever happens. */
public final class TwoThreadsTest {
    private static final int PATIENCE_SECONDS = 20;

    private final TwoThreads threads = new TwoThreads();
    private final Thread caller = Thread.currentThread();

    /** Both threads are in the job when this is zero. */
    private final CountDownLatch both = new CountDownLatch(2);

    private volatile Thread helper;
    private volatile boolean isHelperDone;

    private static void await(CountDownLatch latch) {
        try {
            assertTrue("nobody came", latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    /** A job of two parts that cannot end before each thread has one. */
    private TwoThreads.Job onBoth(Runnable ofCaller, Runnable ofHelper) {
        return part -> {
            both.countDown();
            await(both);
            if (Thread.currentThread() == caller) {
                ofCaller.run();
            } else {
                helper = Thread.currentThread();
                ofHelper.run();
                isHelperDone = true;
            }
        };
    }

    private static void nothing() {}

    private static void takeLong() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    @Test
    public void everyPartIsDoneOnce() {
        for (int round = 0; round < 2000; round++) {
            int parts = round % 9;
            AtomicIntegerArray done = new AtomicIntegerArray(parts);
            threads.run(done::incrementAndGet, parts);
            for (int part = 0; part < parts; part++) {
                assertEquals("round " + round + ", part " + part, 1, done.get(part));
            }
        }
    }

    @Test
    public void bothThreadsTakeParts() {
        threads.run(onBoth(TwoThreadsTest::nothing, TwoThreadsTest::takeLong), 2);
        assertTrue("the caller did not wait for the helper", isHelperDone);
        assertTrue("the helper keeps the process alive", helper.isDaemon());
    }

    @Test
    public void onePartIsDoneByTheCaller() {
        threads.run(part -> assertSame(caller, Thread.currentThread()), 1);
    }

    @Test
    public void whatTheHelperThrowsReachesTheCaller() {
        checkThrown(new IllegalArgumentException("a photo of the wrong shape"));
    }

    @Test
    public void errorOfTheHelperReachesTheCaller() {
        checkThrown(new OutOfMemoryError("no room for the photo"));
    }

    private void checkThrown(Throwable expected) {
        Runnable failing =
                () -> {
                    if (expected instanceof Error) {
                        throw (Error) expected;
                    }
                    throw (RuntimeException) expected;
                };
        Throwable thrown =
                assertThrows(
                        Throwable.class,
                        () -> threads.run(onBoth(TwoThreadsTest::nothing, failing), 2));
        assertSame(expected, thrown);
        everyPartIsDoneOnce();
    }

    @Test
    public void afterAFailureNoOtherPartIsBegun() {
        AtomicIntegerArray begun = new AtomicIntegerArray(100);
        TwoThreads.Job failing =
                part -> {
                    begun.incrementAndGet(part);
                    throw new IllegalStateException("part " + part);
                };
        assertThrows(IllegalStateException.class, () -> threads.run(failing, 100));
        assertEquals("each thread may have begun one", 0, begun.get(2));
    }

    @Test
    public void callerThatFailsWaitsForTheHelper() {
        Runnable failing =
                () -> {
                    throw new IllegalStateException("the caller's");
                };
        TwoThreads.Job job = onBoth(failing, TwoThreadsTest::takeLong);
        assertThrows(IllegalStateException.class, () -> threads.run(job, 2));
        assertTrue("the helper still writes", isHelperDone);
    }

    @Test
    public void callerThatIsInterruptedWaitsForTheHelper() {
        threads.run(onBoth(caller::interrupt, TwoThreadsTest::takeLong), 2);
        assertTrue("the caller must hear of it", Thread.interrupted());
        assertTrue("the helper still writes", isHelperDone);
    }

    @Test
    public void helperWithNothingToDoEndsAndIsReplaced() throws InterruptedException {
        TwoThreads impatient = new TwoThreads(20);
        impatient.run(onBoth(TwoThreadsTest::nothing, TwoThreadsTest::nothing), 2);
        Thread first = helper;
        first.join(PATIENCE_SECONDS * 1000);
        assertFalse(first.isAlive());
        new TwoThreadsTest().checkReplaced(impatient, first);
    }

    @Test
    public void helperThatSomebodyInterruptsIsReplaced() throws InterruptedException {
        bothThreadsTakeParts();
        Thread first = helper;
        first.interrupt();
        first.join(PATIENCE_SECONDS * 1000);
        assertFalse(first.isAlive());
        new TwoThreadsTest().checkReplaced(threads, first);
    }

    private void checkReplaced(TwoThreads used, Thread first) {
        used.run(onBoth(TwoThreadsTest::nothing, TwoThreadsTest::nothing), 2);
        assertNotSame(first, helper);
    }
}
