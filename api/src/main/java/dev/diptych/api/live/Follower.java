package dev.diptych.api.live;

import dev.diptych.api.live.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The pending changes for one client: the latest change of each row, for up to {@value #MAX_PENDING} rows. When there
 * are more, or when a change was missed, the pending changes are discarded, and the client's {@link LiveStream} reads
 * the changes from the view. Thread-safe.
 *
 * @param <R> the type of the rows
 */
final class Follower<R> {

    private static final int MAX_PENDING = 500;

    private final Function<R, Interest> interest;
    private final String history;
    private final Map<String, Change<R>> pending = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long through;
    private boolean behind;
    private boolean woken;

    /**
     * Creates a follower without pending changes.
     *
     * @param interest returns the client's interest in a row
     * @param from the place up to which the client has received every change
     */
    Follower(Function<R, Interest> interest, Place from) {
        this.interest = interest;
        this.history = from.history();
        this.through = from.position();
    }

    /**
     * The pending changes at one moment.
     *
     * @param changes the changes, in position order
     * @param through the position up to which the client has received every change, once it has these
     * @param behind whether changes were discarded, and must be read from the view
     */
    record Pending<R>(List<Change<R>> changes, long through, boolean behind) {}

    Interest interestIn(R row) {
        return interest.apply(row);
    }

    /** Adds a change. Ignores a change that the client has received: a rebuild of the read model repeats it. */
    void offer(Change<R> change) {
        if (interestIn(change.row()) == Interest.NONE) {
            return;
        }
        lock.lock();
        try {
            if (!change.place().history().equals(history)) {
                discard();
            }
            if (behind || change.place().position() <= through) {
                return;
            }
            pending.put(change.key(), change);
            if (pending.size() > MAX_PENDING) {
                discard();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called when all changes in an interval were offered, in position order.
     *
     * @param after the place before the interval
     * @param upTo the last position of the interval, in the same history
     */
    void offered(Place after, long upTo) {
        lock.lock();
        try {
            if (through < after.position() || !after.history().equals(history)) {
                discard(); // there is a gap, or the history is another one
            } else if (!behind) {
                through = Math.max(through, upTo);
            }
            if (behind || !pending.isEmpty()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void discard() {
        pending.clear();
        behind = true;
    }

    /** Called when the client has received every change up to a position. */
    void advanceTo(long position) {
        lock.lock();
        try {
            through = Math.max(through, position);
        } finally {
            lock.unlock();
        }
    }

    /** Makes the current or the next {@link #take} return immediately. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for changes or for {@link #wake}, and removes and returns the pending changes.
     *
     * @param atMost the timeout; zero or negative does not wait
     * @return the pending changes; without changes after the timeout
     */
    Pending<R> take(Duration atMost) throws InterruptedException {
        long remaining = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (pending.isEmpty() && !behind && !woken && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            List<Change<R>> changes = new ArrayList<>(pending.values());
            changes.sort(Comparator.comparingLong(change -> change.place().position()));
            var taken = new Pending<>(changes, through, behind);
            pending.clear();
            behind = false;
            woken = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
