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
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets appends that come at the same time share one transaction, which writes to the disk once for all of them. Nobody waits
 * for company: who finds nobody else at it, or one only, goes at once. Others wait until they are as many as those who are
 * under way, and then go together: so the server works for the ones while the disk writes for the others. Where that takes
 * long, because the server is far away or somebody's events are many, those who have waited for a while go all the same.
 * (The idea is that of group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984.)
 *
 * <p>It has no thread of its own: each turn is taken by one of those who wait. Safe for use by many threads.
 */
final class AppendQueue {

    /** How many groups may be under way at once: fewer than a pool has connections, so that some are left for who reads. */
    private static final int TURNS = 8;

    /** How long an append waits until it goes beside however many others: longer than a group usually takes. */
    private static final Duration LONG_WAIT = Duration.ofMillis(4);

    /** The longest wait for a turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The shortest wait for a nudge. */
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);

    private static final int MAX_GROUP = 100;
    private static final long MAX_GROUP_CHARACTERS = 4_000_000;

    private final Appender appender;
    private final Duration longWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<PendingAppend> waiting = new LinkedHashSet<>();
    private int turns;
    private int underWay;

    /** A queue in which nobody waits. */
    AppendQueue(Appender appender) {
        this(appender, LONG_WAIT);
    }

    AppendQueue(Appender appender, Duration longWait) {
        this.appender = appender;
        this.longWait = longWait;
    }

    /** Sends an append, on its own or in company, and waits until it is known how it went. */
    AppendResult send(PendingAppend append) {
        long arrived = System.nanoTime();
        boolean interrupted = false;
        sendTogether(arrive(append));
        while (!append.isDone() && !append.isAlone()) {
            append.awaitNudge(nextLook(System.nanoTime() - arrived));
            interrupted |= Thread.interrupted(); // which is no reason to leave, and would let nobody wait
            sendTogether(next(append, isLate(arrived)));
            giveUpIfTooLate(append, arrived);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (append.isAlone() && !append.isDone()) { // it may be both, when the connection broke after the answer
            appender.sendAlone(append);
        }
        return append.outcome();
    }

    /**
     * How long to wait for a nudge: until the append is late, and then for as long again as it has waited. The nudge for a
     * turn may have gone to one who could not take it, being busy for others.
     */
    private long nextLook(long waited) {
        long untilLate = longWait.toNanos() - waited;
        long untilTooLate = PATIENCE.toNanos() - waited;
        long next = Math.max(untilLate, waited);
        return Math.max(untilTooLate > 0 ? Math.min(next, untilTooLate) : next, SHORTEST_LOOK.toNanos());
    }

    private boolean isLate(long arrived) {
        return System.nanoTime() - arrived >= longWait.toNanos();
    }

    /** Who has a turn now, together with a new one; nobody when there is none. */
    private List<PendingAppend> arrive(PendingAppend append) {
        lock.lock();
        try {
            if (waiting.isEmpty() && underWay <= 1) { // as most of them
                return begin(List.of(append));
            }
            waiting.add(append);
            return isFree(false) ? begin(take()) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** The same for one that has waited; nobody when another has taken it along. */
    private List<PendingAppend> next(PendingAppend append, boolean late) {
        lock.lock();
        try {
            return waiting.contains(append) && isFree(late) ? begin(take()) : List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(boolean late) {
        return turns < TURNS && (late || waiting.size() >= underWay);
    }

    private List<PendingAppend> begin(List<PendingAppend> group) {
        turns++;
        underWay += group.size();
        return group;
    }

    /** Takes those who wait, in their order, each with another stream and another command id. */
    private List<PendingAppend> take() {
        List<PendingAppend> group = new ArrayList<>();
        Set<Object> taken = new HashSet<>();
        long characters = 0;
        Iterator<PendingAppend> next = waiting.iterator();
        while (next.hasNext() && group.size() < MAX_GROUP && characters < MAX_GROUP_CHARACTERS) {
            PendingAppend append = next.next();
            boolean sameId =
                    append.stamp.isPresent() && !taken.add(append.stamp.get().commandId());
            if (taken.add(append.stream) && !sameId) {
                next.remove();
                group.add(append);
                characters += append.size();
            }
        }
        return group;
    }

    private void sendTogether(List<PendingAppend> group) {
        if (group.isEmpty()) {
            return;
        }
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
            end(group);
        }
    }

    /** Somebody who came too late for this turn takes the next one. */
    private void end(List<PendingAppend> group) {
        lock.lock();
        try {
            turns--;
            underWay -= group.size();
            nudgeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void nudgeFirst() {
        Iterator<PendingAppend> first = waiting.iterator();
        if (first.hasNext()) {
            first.next().nudge();
        }
    }

    private void giveUpIfTooLate(PendingAppend append, long arrived) {
        if (System.nanoTime() - arrived < PATIENCE.toNanos()) {
            return;
        }
        lock.lock();
        try {
            if (waiting.remove(append)) {
                append.fail(new StoreUnavailableException(
                        "The append waited for " + PATIENCE.toSeconds() + " seconds for its turn", false, null));
                nudgeFirst(); // whoever gave up may have been nudged to take a turn
            }
        } finally {
            lock.unlock();
        }
    }
}
