package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets appends that come at the same time share one transaction, which writes to the disk once for all of them. Nobody waits
 * for company: whoever finds a turn free goes at once, and takes along all who wait; those who come while the turns are
 * taken wait for the next. (The idea is that of group commit: DeWitt et al., "Implementation Techniques for Main Memory
 * Database Systems", 1984.)
 *
 * <p>It has no thread of its own: each turn is taken by one of those who wait. Safe for use by many threads.
 */
final class AppendQueue {

    private static final int MAX_GROUP = 100;
    private static final long MAX_GROUP_CHARACTERS = 4_000_000;

    /** The longest wait for a turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Appender appender;
    private final Semaphore turns;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<PendingAppend> waiting = new LinkedHashSet<>();

    /**
     * A queue in which nobody waits.
     *
     * @param turns how many groups may be under way at once
     */
    AppendQueue(Appender appender, int turns) {
        this.appender = appender;
        this.turns = new Semaphore(turns);
    }

    /** Sends an append, on its own or in company, and waits until it is known how it went. */
    AppendResult send(PendingAppend append) {
        add(append);
        awaitTurns(append, System.nanoTime() + PATIENCE.toNanos());
        if (append.isAlone() && !append.isDone()) {
            appender.sendAlone(append);
        }
        return append.outcome();
    }

    private void awaitTurns(PendingAppend append, long deadline) {
        boolean interrupted = false;
        while (!append.isDone() && !append.isAlone()) {
            if (turns.tryAcquire()) {
                takeTurn();
            } else {
                append.awaitNudge(deadline - System.nanoTime());
                interrupted |= Thread.interrupted(); // which is no reason to leave, and would let nobody wait
                giveUpIfTooLate(append, deadline);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeTurn() {
        try {
            List<PendingAppend> group = take();
            if (!group.isEmpty()) {
                send(group);
            }
        } finally {
            turns.release();
            nudgeNext();
        }
    }

    private void send(List<PendingAppend> group) {
        RuntimeException reason = new StoreUnavailableException("The append was abandoned", true, null);
        try {
            appender.sendTogether(group);
        } catch (RuntimeException e) {
            reason = e;
        } finally {
            for (PendingAppend append : group) {
                if (!append.isDone() && !append.isAlone()) {
                    append.fail(reason);
                }
            }
        }
    }

    private void add(PendingAppend append) {
        lock.lock();
        try {
            waiting.add(append);
        } finally {
            lock.unlock();
        }
    }

    /** Takes those who wait, in their order, each with another stream and another command id. */
    private List<PendingAppend> take() {
        List<PendingAppend> group = new ArrayList<>();
        Set<Object> taken = new HashSet<>();
        long characters = 0;
        lock.lock();
        try {
            Iterator<PendingAppend> next = waiting.iterator();
            while (next.hasNext() && group.size() < MAX_GROUP && characters < MAX_GROUP_CHARACTERS) {
                PendingAppend append = next.next();
                boolean sameId = append.stamp.isPresent()
                        && !taken.add(append.stamp.get().commandId());
                if (taken.add(append.stream) && !sameId) {
                    next.remove();
                    group.add(append);
                    characters += append.size();
                }
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who came too late for the last turn takes the next one. */
    private void nudgeNext() {
        lock.lock();
        try {
            Iterator<PendingAppend> next = waiting.iterator();
            if (next.hasNext()) {
                next.next().nudge();
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUpIfTooLate(PendingAppend append, long deadline) {
        if (System.nanoTime() - deadline < 0) {
            return;
        }
        lock.lock();
        try {
            if (waiting.remove(append)) {
                append.fail(new StoreUnavailableException(
                        "The append waited for " + PATIENCE.toSeconds() + " seconds for its turn", false, null));
            }
        } finally {
            lock.unlock();
        }
        nudgeNext(); // whoever gave up may have been nudged to take a turn
    }
}
