package dev.diptych.core.background;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread that repeats one step from {@link #start} to {@link #close}. After each step it pauses for the time
 * that the step returned, or until it is woken. A step that throws is retried with the same argument after a pause that
 * only {@link #close} ends; the pause doubles from 100 ms to 10 s until a step succeeds. Thread-safe.
 */
public final class BackgroundThread implements AutoCloseable {

    /** A pause that only {@link #wake} or {@link #close} ends. */
    public static final Duration UNTIL_WOKEN = ChronoUnit.FOREVER.getDuration();

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(BackgroundThread.class.getName());

    private final Step step;
    private final Runnable atEnd;
    private final Thread thread;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private final CountDownLatch closing = new CountDownLatch(1);

    /** The step that the thread repeats. */
    @FunctionalInterface
    public interface Step {
        /**
         * Runs once. A long step must return early when {@link BackgroundThread#isClosed} is true.
         *
         * @param woken whether {@link BackgroundThread#wake} was called since the previous step began; false in the
         *     first step
         * @return the pause before the next step; zero or negative for none
         * @throws InterruptedException to end the thread immediately
         */
        Duration run(boolean woken) throws InterruptedException;
    }

    /** Creates a thread and does not start it. */
    public BackgroundThread(String name, Step step) {
        this(name, step, () -> {});
    }

    /**
     * Creates a thread and does not start it.
     *
     * @param atEnd called on the thread after the last step
     */
    public BackgroundThread(String name, Step step, Runnable atEnd) {
        this.step = step;
        this.atEnd = atEnd;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalThreadStateException when it was started before
     */
    public void start() {
        thread.start();
    }

    /** Starts the thread, unless it has been started before. */
    public void ensureStarted() {
        if (thread.getState() == Thread.State.NEW) {
            synchronized (this) {
                if (thread.getState() == Thread.State.NEW) {
                    thread.start();
                }
            }
        }
    }

    /** Ends the current pause; when called during a step, skips the pause after that step. */
    public void wake() {
        wakeUps.release();
    }

    /** Whether the thread has been started and has not ended. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Whether {@link #stop} or {@link #close} has been called. */
    public boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Requests the end of the thread after the current step, and returns immediately. */
    public void stop() {
        closing.countDown();
        wake();
    }

    /**
     * Ends the thread after the current step: waits for that up to 10 seconds, then interrupts the step. Idempotent.
     */
    @Override
    public void close() {
        stop();
        try {
            if (thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean woken = false;
            while (!isClosed()) {
                try {
                    Duration pause = step.run(woken);
                    backoff.reset();
                    boolean wokenInTime = wakeUps.tryAcquire(nanos(pause), TimeUnit.NANOSECONDS);
                    woken = wakeUps.drainPermits() > 0 || wokenInTime;
                } catch (RuntimeException e) {
                    rest(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.run();
        }
    }

    /** Many wake-ups must not become as many attempts, so none ends this pause. */
    private void rest(RuntimeException failure) throws InterruptedException {
        if (isClosed()) {
            LOG.log(System.Logger.Level.DEBUG, thread.getName() + " failed while it was closed", failure);
            return;
        }
        Duration pause = backoff.next();
        LOG.log(System.Logger.Level.WARNING, thread.getName() + " retries in " + pause + ", after " + failure);
        LOG.log(System.Logger.Level.DEBUG, "The failure of " + thread.getName(), failure);
        closing.await(nanos(pause), TimeUnit.NANOSECONDS);
    }

    /** Saturates, so that {@link #UNTIL_WOKEN} does not overflow. */
    private static long nanos(Duration pause) {
        return TimeUnit.NANOSECONDS.convert(pause);
    }
}
