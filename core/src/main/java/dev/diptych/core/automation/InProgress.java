package dev.diptych.core.automation;

import dev.diptych.core.background.Backoff;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The aggregates of which no item may be taken: a command is being sent, its event has not reached the list, or an
 * attempt has failed and is repeated later. Only the first takes one of the slots. Thread-safe.
 */
final class InProgress {

    /** The maximum number of aggregates, and of items whose failures are remembered. */
    private static final int MAX = 1_000;

    /** The maximum pause before the list is read again, when an item waits for it. */
    private static final Duration LIST_POLL = Duration.ofMillis(50);

    private final AutomationWorker.Pace pace;
    private final Map<String, Wait> waits = new HashMap<>();

    /** By command id, in the order of the last failure. */
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private int sending;

    private sealed interface Wait {
        /** For the result of a command. */
        record ForResult() implements Wait {}

        /** For the list. */
        record ForList(Place place) implements Wait {}

        /** For the next attempt; a time of {@link System#nanoTime}. */
        record ForRetry(long at) implements Wait {}
    }

    private record Failures(int count, Backoff backoff) {}

    InProgress(AutomationWorker.Pace pace) {
        this.pace = pace;
    }

    /** Takes a slot for a command to an aggregate; returns false if there is none, or the aggregate is here. */
    synchronized boolean begin(String aggregate) {
        if (sending >= pace.concurrency() || waits.size() >= MAX || waits.containsKey(aggregate)) {
            return false;
        }
        waits.put(aggregate, new Wait.ForResult());
        sending++;
        return true;
    }

    synchronized boolean hasSlot() {
        return sending < pace.concurrency() && waits.size() < MAX;
    }

    synchronized Set<String> aggregates() {
        return Set.copyOf(waits.keySet());
    }

    /** The command was accepted, or the item parked: waits until the list has passed the receipt. */
    synchronized void accepted(String aggregate, String commandId, Receipt receipt) {
        failures.remove(commandId);
        end(aggregate, new Wait.ForList(new Place(receipt.history(), receipt.position())));
    }

    /** Returns the number of failed attempts, including this one. */
    synchronized int countFailure(String commandId) {
        Failures before = failures.remove(commandId);
        var next = before == null
                ? new Failures(1, new Backoff(pace.firstRetry(), pace.longestRetry()))
                : new Failures(before.count() + 1, before.backoff());
        failures.put(commandId, next);
        if (failures.size() > MAX) {
            failures.remove(failures.keySet().iterator().next());
        }
        return next.count();
    }

    /** Waits longer after each failure. */
    synchronized void backOff(String aggregate, String commandId) {
        Failures failed = failures.get(commandId);
        Duration pause = failed == null ? pace.firstRetry() : failed.backoff().next();
        end(aggregate, new Wait.ForRetry(System.nanoTime() + pause.toNanos()));
    }

    private void end(String aggregate, Wait next) {
        waits.put(aggregate, next);
        sending--;
    }

    /**
     * Releases the aggregates whose receipt a list that has passed the barrier has reached, or is of another history,
     * and those whose pause is over; returns whether there were any.
     */
    synchronized boolean release(Place listed) {
        long now = System.nanoTime();
        return waits.values().removeIf(wait -> switch (wait) {
            case Wait.ForResult sent -> false;
            case Wait.ForList list ->
                listed.reaches(list.place())
                        || !listed.history().equals(list.place().history());
            case Wait.ForRetry retry -> retry.at() - now <= 0;
        });
    }

    /** The pause after which {@link #release} may release an aggregate. */
    synchronized Duration pause() {
        long now = System.nanoTime();
        return waits.values().stream()
                .map(wait -> switch (wait) {
                    case Wait.ForResult sent -> pace.poll();
                    case Wait.ForList list -> LIST_POLL;
                    case Wait.ForRetry retry -> Duration.ofNanos(Math.max(0, retry.at() - now));
                })
                .min(Duration::compareTo)
                .orElse(pace.poll());
    }
}
