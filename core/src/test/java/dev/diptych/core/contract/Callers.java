package dev.diptych.core.contract;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one contract test that call a store at the same time: those that write to it and those that only read.
 *
 * <p>A store that is broken on purpose makes its interleaving happen with it. A caller in the middle of an operation
 * waits until another caller has arrived where it is needed, or until none can arrive any more: each of the others has
 * ended or waits here itself. Time plays no part. A thread that is not one of a test's concurrent callers never waits.
 * Safe for use by many threads.
 */
public final class Callers {

    /** What a caller does to the store. */
    public enum Role {
        WRITER,
        READER
    }

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    private record Caller(Callers all, Role role) {}

    /** Those that have neither ended nor wait. */
    private int busyWriters;

    private int busyReaders;

    Callers(int writers, int readers) {
        this.busyWriters = writers;
        this.busyReaders = readers;
    }

    /** Makes the current thread one of the callers until it has left. */
    void join(Role role) {
        CURRENT.set(new Caller(this, role));
    }

    void leave() {
        Caller caller = CURRENT.get();
        CURRENT.remove();
        if (caller != null) {
            count(caller.role(), -1);
        }
    }

    /**
     * Waits until something has happened, or until no other caller of that role can make it happen any more.
     *
     * @param role of those that may make it happen
     * @param happened whether it has; asked again after each {@link #signal}
     */
    public static void await(Role role, BooleanSupplier happened) {
        Caller caller = CURRENT.get();
        if (caller != null) {
            caller.all().await(caller.role(), role, happened);
        }
    }

    /** Makes every caller that waits ask again whether it has happened. */
    public static void signal() {
        Caller caller = CURRENT.get();
        if (caller != null) {
            caller.all().count(caller.role(), 0);
        }
    }

    private synchronized void await(Role mine, Role other, BooleanSupplier happened) {
        count(mine, -1);
        try {
            while (!happened.getAsBoolean() && (other == Role.WRITER ? busyWriters : busyReaders) > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        } finally {
            count(mine, 1);
        }
    }

    private synchronized void count(Role role, int more) {
        if (role == Role.WRITER) {
            busyWriters += more;
        } else {
            busyReaders += more;
        }
        notifyAll();
    }
}
