package dev.diptych.api.read;

import dev.diptych.api.read.LiveView.Interest;
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
 * What one client is to be told next: of each row the last state, and of no more than {@value #MOST} rows. When there are
 * more, or when something was missed, all are let go, and the client's stream reads them where they are. Safe for use by many
 * threads.
 *
 * @param <R> the rows
 */
final class Follower<R> {

    private static final int MOST = 500;

    private final Function<R, Interest> interest;
    private final String history;
    private final Map<String, Change<R>> pending = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long through;
    private boolean behind;
    private boolean woken;

    /**
     * A follower.
     *
     * @param from up to where it knows everything
     */
    Follower(Function<R, Interest> interest, Place from) {
        this.interest = interest;
        this.history = from.history();
        this.through = from.position();
    }

    /**
     * What is to be told.
     *
     * @param changes in the order of their positions
     * @param through up to where everything has been told then
     * @param behind whether there is more, which has to be read
     */
    record News<R>(List<Change<R>> changes, long through, boolean behind) {}

    Interest interestIn(R row) {
        return interest.apply(row);
    }

    /** Takes note of a change; not of one that it knows, as it comes again while a read model is rebuilt. */
    void offer(Change<R> change) {
        if (interestIn(change.row()) == Interest.NONE) {
            return;
        }
        lock.lock();
        try {
            if (!change.place().history().equals(history)) {
                fallBehind();
            }
            if (behind || change.place().position() <= through) {
                return;
            }
            pending.put(change.key(), change);
            if (pending.size() > MOST) {
                fallBehind();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All changes after a place and up to another one of its history were offered, in the order of their positions. */
    void offered(Place after, long upTo) {
        lock.lock();
        try {
            if (through < after.position() || !after.history().equals(history)) {
                fallBehind(); // something in between was not offered
            } else if (!behind) {
                through = Math.max(through, upTo);
            }
            if (behind || !pending.isEmpty()) {
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fallBehind() {
        pending.clear();
        behind = true;
    }

    /** Everything up to a position has been told. */
    void knows(long position) {
        lock.lock();
        try {
            through = Math.max(through, position);
        } finally {
            lock.unlock();
        }
    }

    /** There is something else to look at. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news, or to be woken, and takes what there is. */
    News<R> take(Duration atMost) throws InterruptedException {
        long remaining = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (pending.isEmpty() && !behind && !woken && remaining > 0) {
                remaining = news.awaitNanos(remaining);
            }
            List<Change<R>> changes = new ArrayList<>(pending.values());
            changes.sort(Comparator.comparingLong(change -> change.place().position()));
            var taken = new News<>(changes, through, behind);
            pending.clear();
            behind = false;
            woken = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
