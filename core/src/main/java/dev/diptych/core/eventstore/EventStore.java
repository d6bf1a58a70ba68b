package dev.diptych.core.eventstore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps every event for ever, in streams and in one total order.
 *
 * <p>Obligations of every implementation, each checked by the contract tests:
 *
 * <ul>
 *   <li>An append is atomic and durable before it returns: all of its events and its command id, or nothing.
 *   <li>Versions are dense from 1. Positions increase strictly, inside a stream and over all of them.
 *   <li>{@link #readAll} never skips an event, whatever is being appended meanwhile: once an event was on a page, none
 *       can appear before it any more, as long as the history lasts.
 *   <li>What was read or appended names the history in which its positions and versions count; an expected version that
 *       was seen in another history is a conflict.
 *   <li>What a caller passed in or got back is immutable, or a copy.
 *   <li>All methods are safe for use by many threads at once.
 * </ul>
 */
public interface EventStore {

    /** The most events that one read may ask for. */
    int MAX_PAGE = 10_000;

    /** The shortest time for which every command id is kept. */
    Duration SHORTEST_MEMORY = Duration.ofHours(24);

    /**
     * The present history of this store. A store has one from its beginning, and gets another one when its past may
     * have changed, as after a fail-over or a restore: from then on positions and versions are given out again. What
     * remembers one of these outside the store remembers its history with it, and is worthless in another.
     *
     * @return 1 to 64 letters, digits and hyphens, as no other history of any store has
     */
    String history();

    /**
     * Appends events to one stream. Checks in this order: the command id, then the expected version, which is checked
     * even when there are no events.
     *
     * @param stream the stream, which comes into being with its first event
     * @param expected what the stream must look like
     * @param events in the order in which they happened; may be empty, which stores just the command id
     * @param stamp the command id to store along with the events, if the sender gave one
     * @return how it ended; a conflict and a known command id are values, never exceptions
     */
    AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp);

    /** Appends without a command id. */
    default AppendResult append(StreamName stream, ExpectedVersion expected, List<NewEvent> events) {
        return append(stream, expected, events, Optional.empty());
    }

    /**
     * What was stored under a command id.
     *
     * @return empty when no append with that id has been stored, or when it was so long ago that it has been pruned
     */
    Optional<StampedReceipt> findCommand(String commandId);

    /**
     * Forgets command ids, those that were stored first before others. Neither waits for appends nor lets them wait.
     *
     * @param age how long ago, by the store's clock, an id must have been stored to be forgotten; at least
     *     {@link #SHORTEST_MEMORY}
     * @param limit the most ids to forget, 1 to {@link #MAX_PAGE}
     * @return how many were forgotten; fewer than the limit means that no more are that old, or that somebody else is
     *     about to forget them
     * @throws IllegalArgumentException when {@code age} is too short or {@code limit} out of range
     */
    int pruneCommands(Duration age, int limit);

    /**
     * Reads a stream onward.
     *
     * @param stream the stream; one that does not exist has no events
     * @param afterVersion the number of the last event that is already known, 0 for none
     * @param limit the most events to return, 1 to {@link #MAX_PAGE}; fewer means that the stream ends there
     * @throws IllegalArgumentException when {@code afterVersion} is negative or {@code limit} out of range
     */
    EventPage readStream(StreamName stream, long afterVersion, int limit);

    /**
     * Reads all events onward, in position order. A page may end in the middle of an append, at its limit or before it; the
     * next page begins with the rest.
     *
     * @param afterPosition the position of the last event of the page before, 0 to begin
     * @param limit the most events to return, 1 to {@link #MAX_PAGE}; fewer does not mean that there are no more
     * @return the events; none when nothing can be read yet
     * @throws IllegalArgumentException when {@code afterPosition} is negative or {@code limit} out of range
     */
    EventPage readAll(long afterPosition, int limit);

    /** The position of the last stored event, 0 when there is none. */
    long head();

    /**
     * Asks to be woken after events have been stored. A call may come late or without need, and calls may be merged;
     * none is left out: when it comes, every event stored before is there to be read, unless an append that began
     * earlier still holds it back, in which case another call follows.
     *
     * @param wake called on a thread of the store's or of an appender's; must return at once and must not throw
     * @return closes the subscription
     */
    Subscription onAppend(Runnable wake);

    /** A subscription that ends when it is closed; closing it twice does nothing. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Checks the bounds of pruning; for implementations.
     *
     * @throws IllegalArgumentException when {@code age} is too short or {@code limit} out of range
     */
    static void requirePrunable(Duration age, int limit) {
        if (age.compareTo(SHORTEST_MEMORY) < 0) {
            throw new IllegalArgumentException(
                    "Command ids are kept for " + SHORTEST_MEMORY + " at least, but were to be forgotten after " + age);
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("1 to " + MAX_PAGE + " ids are forgotten at once, but not " + limit);
        }
    }

    /**
     * Checks the bounds of a read; for implementations.
     *
     * @throws IllegalArgumentException when {@code after} is negative or {@code limit} out of range
     */
    static void requireBounds(long after, int limit) {
        if (after < 0) {
            throw new IllegalArgumentException("A read begins after 0 or more, but was asked to after " + after);
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("A read asks for 1 to " + MAX_PAGE + " events, but asked for " + limit);
        }
    }
}
