package dev.diptych.core.eventstore;

import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores every event permanently, in streams and in one total order.
 *
 * <p>Obligations of every implementation, each checked by the contract tests:
 *
 * <ul>
 *   <li>An append is atomic, and durable before it returns: it stores all of its events and its command id, or nothing.
 *   <li>The versions in a stream start at 1 and have no gaps. Positions increase strictly, in each stream and overall.
 *   <li>{@link #readAll} never skips an event, even while others are appended: once it has returned an event, no event
 *       appears at a lower position in the same history.
 *   <li>Every result names the history to which its positions and versions belong. An expected version of another
 *       history is a conflict.
 *   <li>Arguments and results are immutable or copied.
 *   <li>All methods are thread-safe.
 * </ul>
 */
public interface EventStore {

    /** The maximum number of events in one read. */
    int MAX_PAGE = 10_000;

    /** The minimum size of a page of {@link #readAll} that ends before its limit, although more events can be read. */
    long MIN_CUT_PAGE_CHARACTERS = 1_000_000;

    /** The minimum time for which every command id is kept. */
    Duration MIN_COMMAND_ID_RETENTION = Duration.ofHours(24);

    /**
     * Returns the id of the store's current history. A history is a period in which the store assigns each position and
     * version once. A fail-over or a restore can lose events and begins a new history, in which positions and versions
     * are assigned again. A position or version that is kept outside the store must be kept with its history, and is
     * invalid in any other.
     *
     * @return 1 to 64 letters, digits and hyphens, unique among the histories of all stores
     */
    String history();

    /**
     * Appends events to one stream. Checks the command id first, then the expected version, even when there are no
     * events.
     *
     * @param stream the stream; its first event creates it
     * @param expected the version that the stream must have
     * @param events the events in order; if empty, only the command id is stored
     * @param stamp the command id to store with the events, if the sender stated one
     * @return the outcome; a conflict and a known command id are values, never exceptions
     */
    AppendResult append(
            StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp);

    /** Appends without a command id. */
    default AppendResult append(StreamName stream, ExpectedVersion expected, List<NewEvent> events) {
        return append(stream, expected, events, Optional.empty());
    }

    /**
     * Returns the receipt and fingerprint stored under a command id.
     *
     * @return empty when no append with that id was stored, or when the id was pruned
     */
    Optional<StampedReceipt> findCommand(String commandId);

    /**
     * Prunes expired command ids, oldest first. Neither blocks appends nor waits for them.
     *
     * @param age the minimum age, by the store's clock, of the ids to prune; at least {@link #MIN_COMMAND_ID_RETENTION}
     * @param limit the maximum number of ids to prune, 1 to {@link #MAX_PAGE}
     * @return the number of ids pruned; if less than the limit, no other ids are that old, or another caller is pruning
     *     them
     * @throws IllegalArgumentException when {@code age} is too short or {@code limit} out of range
     */
    int pruneCommands(Duration age, int limit);

    /**
     * Reads a stream forwards, in version order.
     *
     * @param stream the stream; if it does not exist, the page is empty
     * @param afterVersion the version after which to read; 0 to read from the first event
     * @param limit the maximum number of events, 1 to {@link #MAX_PAGE}; a shorter page ends at the end of the stream
     * @throws IllegalArgumentException when {@code afterVersion} is negative or {@code limit} out of range
     */
    EventPage readStream(StreamName stream, long afterVersion, int limit);

    /**
     * Reads all events forwards, in position order. A page may end between two events of one append, at its limit or
     * before it; the next page begins with the remaining events.
     *
     * @param afterPosition the position after which to read; 0 to read from the first event
     * @param limit the maximum number of events, 1 to {@link #MAX_PAGE}; more events can be read after a shorter page
     *     only if its payload and metadata have at least {@link #MIN_CUT_PAGE_CHARACTERS}
     * @return the events; empty when no further event can be read yet
     * @throws IllegalArgumentException when {@code afterPosition} is negative or {@code limit} out of range
     */
    EventPage readAll(long afterPosition, int limit);

    /** Returns the position of the last stored event; 0 when there is none. */
    long head();

    /**
     * Registers a listener for appends. Calls may be late, spurious or merged, but none is lost. When a call arrives,
     * every event stored before it can be read, unless an earlier append in flight holds it back; then another call
     * follows when that append is stored, but none when it is rolled back.
     *
     * @param wake called on a thread of the store or of an appender; must return immediately and must not throw
     * @return the subscription; closing it removes the listener
     */
    Subscription onAppend(Runnable wake);

    /**
     * Events that one read returned, all of one history.
     *
     * @param events in the order in which they were stored
     * @param history the history to which their positions and versions belong
     */
    record EventPage(List<RecordedEvent> events, String history) {

        /** Copies the events into an unmodifiable list. */
        public EventPage {
            events = List.copyOf(events);
        }
    }

    /** A registered listener, until it is closed. Closing is idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Validates the arguments of {@link #pruneCommands}; for implementations.
     *
     * @throws IllegalArgumentException when {@code age} is too short or {@code limit} out of range
     */
    static void requirePrunable(Duration age, int limit) {
        if (age.compareTo(MIN_COMMAND_ID_RETENTION) < 0) {
            throw new IllegalArgumentException("Command ids are kept for at least " + MIN_COMMAND_ID_RETENTION
                    + ", but were to be pruned after " + age);
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "The limit of a pruning must be from 1 to " + MAX_PAGE + ", but is " + limit);
        }
    }

    /**
     * Validates the arguments of a read; for implementations.
     *
     * @throws IllegalArgumentException when {@code after} is negative or {@code limit} out of range
     */
    static void requireBounds(long after, int limit) {
        if (after < 0) {
            throw new IllegalArgumentException("A read begins after 0 or more, but was asked to begin after " + after);
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "The limit of a read must be from 1 to " + MAX_PAGE + ", but is " + limit);
        }
    }
}
