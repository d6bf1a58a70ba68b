package dev.diptych.core.contract;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one contract test that call a store concurrently: writers, and readers that only read.
 *
 * <p>A deliberately broken store uses it to create the interleaving in which its fault shows. A caller in the middle of
 * an operation waits until another caller has reached the required point, or until no caller can reach it: each of the
 * others has ended or waits here itself. The result does not depend on time. A thread that is not one of a test's
 * concurrent callers never waits. Thread-safe.
 */
public final class Callers {

    /** Whether a caller writes to the store or only reads from it. */
    public enum Role {
        WRITER,
        READER
    }

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    private record Caller(Callers all, Role role) {}

    /** The writers that have neither ended nor wait. */
    private int busyWriters;

    private int busyReaders;

    Callers(int writers, int readers) {
        this.busyWriters = writers;
        this.busyReaders = readers;
    }

    /** Registers the current thread as a caller until it leaves. */
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
     * Waits until a condition is true, or until no other caller of a role can make it true.
     *
     * @param role the role of the callers that may make it true
     * @param condition checked again after each {@link #signal}
     */
    public static void await(Role role, BooleanSupplier condition) {
        Caller caller = CURRENT.get();
        if (caller != null) {
            caller.all().await(caller.role(), role, condition);
        }
    }

    /** Makes every waiting caller check its condition again. */
    public static void signal() {
        Caller caller = CURRENT.get();
        if (caller != null) {
            caller.all().count(caller.role(), 0);
        }
    }

    private synchronized void await(Role mine, Role other, BooleanSupplier condition) {
        count(mine, -1);
        try {
            while (!condition.getAsBoolean() && (other == Role.WRITER ? busyWriters : busyReaders) > 0) {
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
