package dev.diptych.store.postgres.events;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Group commit: concurrent appends share a transaction, and so share its write to disk. With at most one append in
 * flight, an append is sent immediately. Otherwise appends wait until as many are waiting as are in flight, and are
 * then sent as one group. An append that has waited for the maximum grouping delay is sent regardless, so that slow
 * appends do not delay others. (The idea: DeWitt et al., "Implementation Techniques for Main Memory Database Systems",
 * 1984.)
 *
 * <p>The queue has no thread of its own: a waiting thread sends the group. Thread-safe.
 */
final class AppendQueue {

    /** Less than the size of a connection pool, so that reads get connections too. */
    static final int MAX_GROUPS_IN_FLIGHT = 8;

    /** Longer than a group usually takes. */
    private static final Duration MAX_GROUPING_DELAY = Duration.ofMillis(4);

    /** Limits the locks that a transaction holds. */
    static final int MAX_GROUP = 100;

    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MIN_SIGNAL_WAIT = Duration.ofMillis(1);
    private static final long MAX_GROUP_CHARACTERS = 4_000_000;

    private final Appender appender;
    private final Duration maxGroupingDelay;
    private final Set<PendingAppend> waiting = new LinkedHashSet<>();
    private int groupsInFlight;
    private int appendsInFlight;

    /** Creates an empty queue. */
    AppendQueue(Appender appender) {
        this(appender, MAX_GROUPING_DELAY);
    }

    AppendQueue(Appender appender, Duration maxGroupingDelay) {
        this.appender = appender;
        this.maxGroupingDelay = maxGroupingDelay;
    }

    /** Sends an append, in a group or by itself, and waits for its outcome. */
    AppendResult send(PendingAppend append) {
        long enqueuedAt = System.nanoTime();
        boolean interrupted = false;
        sendGroup(enqueue(append));
        while (!append.isDone() && !append.isSeparated()) {
            append.awaitSignal(nextTimeout(System.nanoTime() - enqueuedAt));
            interrupted |= Thread.interrupted(); // cleared so that the next wait blocks; restored below
            sendGroup(nextGroup(append, isOverdue(enqueuedAt)));
            failIfTimedOut(append, enqueuedAt);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (append.isSeparated() && !append.isDone()) { // both, if the connection failed after the result was read
            appender.sendSeparated(append);
        }
        return append.outcome();
    }

    /**
     * The maximum time to wait for a signal: until the append is overdue, and from then on as long again as it has
     * waited. A signal may have gone to a thread that is busy sending a group.
     */
    private long nextTimeout(long waited) {
        long untilOverdue = maxGroupingDelay.toNanos() - waited;
        long untilTimeout = QUEUE_TIMEOUT.toNanos() - waited;
        long next = Math.max(untilOverdue, waited);
        return Math.max(untilTimeout > 0 ? Math.min(next, untilTimeout) : next, MIN_SIGNAL_WAIT.toNanos());
    }

    private boolean isOverdue(long enqueuedAt) {
        return System.nanoTime() - enqueuedAt >= maxGroupingDelay.toNanos();
    }

    /** Adds an append, and returns the group to send now; empty if the append must wait. */
    private synchronized List<PendingAppend> enqueue(PendingAppend append) {
        if (waiting.isEmpty() && appendsInFlight <= 1) { // the common case
            return started(List.of(append));
        }
        waiting.add(append);
        return canSend(false) ? started(takeGroup()) : List.of();
    }

    /** Returns the group to send now on behalf of a waiting append; empty if another thread has taken the append. */
    private synchronized List<PendingAppend> nextGroup(PendingAppend append, boolean overdue) {
        return waiting.contains(append) && canSend(overdue) ? started(takeGroup()) : List.of();
    }

    private boolean canSend(boolean overdue) {
        return groupsInFlight < MAX_GROUPS_IN_FLIGHT && (overdue || waiting.size() >= appendsInFlight);
    }

    private List<PendingAppend> started(List<PendingAppend> group) {
        groupsInFlight++;
        appendsInFlight += group.size();
        return group;
    }

    /** Removes waiting appends in order of arrival; the streams and the command ids of a group are distinct. */
    private List<PendingAppend> takeGroup() {
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

    private void sendGroup(List<PendingAppend> group) {
        if (group.isEmpty()) {
            return;
        }
        RuntimeException reason = new StoreUnavailableException("The append was aborted", true, null);
        try {
            appender.sendGroup(group);
        } catch (RuntimeException e) {
            reason = e;
        } finally {
            for (PendingAppend append : group) {
                if (!append.isDone() && !append.isSeparated()) {
                    append.fail(reason);
                }
            }
            ended(group);
        }
    }

    private synchronized void ended(List<PendingAppend> group) {
        groupsInFlight--;
        appendsInFlight -= group.size();
        signalFirst();
    }

    private void signalFirst() {
        Iterator<PendingAppend> first = waiting.iterator();
        if (first.hasNext()) {
            first.next().signal();
        }
    }

    private void failIfTimedOut(PendingAppend append, long enqueuedAt) {
        if (System.nanoTime() - enqueuedAt < QUEUE_TIMEOUT.toNanos()) {
            return;
        }
        synchronized (this) {
            if (waiting.remove(append)) {
                append.fail(new StoreUnavailableException(
                        "The append was not sent within " + QUEUE_TIMEOUT.toSeconds()
                                + " seconds, because earlier appends are still in flight",
                        false,
                        null));
                signalFirst(); // passes on a signal that this append may have received
            }
        }
    }
}
