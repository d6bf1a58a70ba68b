package dev.diptych.core.contract;

import static dev.diptych.core.contract.EventStoreContract.ANY;
import static dev.diptych.core.contract.EventStoreContract.LAMP;
import static dev.diptych.core.contract.EventStoreContract.NONE;
import static dev.diptych.core.contract.EventStoreContract.assertIncreasing;
import static dev.diptych.core.contract.EventStoreContract.events;
import static dev.diptych.core.contract.EventStoreContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract tests of an {@link EventStore} with concurrent callers. Extend it as {@link EventStoreContract}. The
 * numbers of threads and appends are small, so that it runs with every build; a store that uses real transactions
 * should add a longer test of its own.
 *
 * <p><b>Not asserted.</b> The {@link Stress stress test} looks for events that are skipped or repeated between pages,
 * and for versions that do not follow the order of positions, while several writers share streams and some of their
 * appends are refused. It may find a fault by chance. The fault that every broken store must fail is narrower: when an
 * append commits after an event at a higher position was read, a reader that continues from there must not miss it.
 */
public abstract class ConcurrentEventStoreContract extends Contract {

    private static final int WRITERS = 6;

    /** The store under test. */
    protected EventStore store;

    /** Returns a new, empty store; called before each test. */
    protected abstract EventStore newStore() throws Exception;

    /** The number of appends of each writer; a fast store may return more. */
    protected int appendsPerWriter() {
        return 150;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    @Test
    public void a_race_for_one_version_has_exactly_one_winner() throws Exception {
        store.append(LAMP, NONE, events("first"));
        for (int round = 1; round <= 20; round++) {
            ExpectedVersion seen = ExpectedVersion.exactly(round, store.history());
            List<AppendResult> results = race(WRITERS, i -> store.append(LAMP, seen, events("by " + i)));

            assertThat(results)
                    .as("winners of round %s", round)
                    .filteredOn(Appended.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .as("losers of round %s", round)
                    .filteredOn(result -> !(result instanceof Appended))
                    .allMatch(new Conflict(LAMP, seen, round + 1L, store.history())::equals);
        }
    }

    @Test
    public void a_race_to_begin_a_stream_has_exactly_one_winner() throws Exception {
        for (int round = 0; round < 20; round++) {
            StreamName stream = new StreamName("new-" + round);
            List<AppendResult> results = race(WRITERS, i -> store.append(stream, NONE, events("a", "b")));

            assertThat(results)
                    .as("winners of round %s", round)
                    .filteredOn(Appended.class::isInstance)
                    .hasSize(1);
            assertThat(store.readStream(stream, 0, 100).events()).hasSize(2);
        }
    }

    @Test
    public void a_race_with_one_command_id_stores_once_and_returns_one_receipt() throws Exception {
        for (int round = 0; round < 20; round++) {
            StreamName stream = new StreamName("lamp-" + round);
            var stamp = Optional.of(new CommandStamp("key-" + round, "print"));
            List<AppendResult> results = race(WRITERS, i -> store.append(stream, ANY, events("a"), stamp));

            List<Receipt> receipts = results.stream()
                    .map(ConcurrentEventStoreContract::receiptOf)
                    .distinct()
                    .toList();
            assertThat(receipts).as("receipts of round %s", round).hasSize(1);
            assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
            assertThat(store.readStream(stream, 0, 100).events()).hasSize(1);
        }
    }

    @Test
    public void a_race_with_one_command_id_across_streams_stores_on_one_stream() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "key-" + round;
            var stamp = Optional.of(new CommandStamp(key, "print"));
            List<AppendResult> results =
                    race(WRITERS, i -> store.append(new StreamName(key + "-" + i), ANY, events("a"), stamp));

            assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(CommandIdTaken.class::isInstance).hasSize(WRITERS - 1);
        }
        assertThat(store.readAll(0, 1_000).events()).hasSize(20);
    }

    @Test
    public void an_append_becomes_visible_atomically() throws Exception {
        store.append(LAMP, NONE, events("a", "b", "c"));
        var writing = new AtomicInteger(1);
        Callable<Void> writer = () -> {
            for (int i = 0; i < appendsPerWriter(); i++) {
                store.append(LAMP, ANY, events("a", "b", "c"));
            }
            writing.set(0);
            return null;
        };
        Callable<Void> streamReader = () -> {
            do {
                assertThat(store.readStream(LAMP, 0, EventStore.MAX_PAGE)
                                        .events()
                                        .size()
                                % 3)
                        .as("events of a partially visible append, in its stream")
                        .isZero();
            } while (writing.get() > 0 && !Thread.currentThread().isInterrupted());
            return null;
        };
        Callable<Void> feedReader = () -> {
            do {
                // A page may end in the middle of an append, but contains a prefix of all events.
                List<RecordedEvent> seen = store.readAll(0, EventStore.MAX_PAGE).events();
                assertThat(seen)
                        .as("versions of one stream, in position order")
                        .extracting(RecordedEvent::version)
                        .isEqualTo(
                                LongStream.rangeClosed(1, seen.size()).boxed().toList());
            } while (writing.get() > 0 && !Thread.currentThread().isInterrupted());
            return null;
        };
        together(List.of(writer), List.of(streamReader, feedReader));
        assertThat(store.readStream(LAMP, 0, EventStore.MAX_PAGE).events()).hasSize(3 * appendsPerWriter() + 3);
    }

    @Test
    public void a_reader_does_not_miss_an_append_that_commits_late() throws Exception {
        List<List<RecordedEvent>> seen = readWhile(2, 100, writer -> {
            for (int i = 0; i < 20; i++) {
                store.append(new StreamName("s-" + writer), ANY, events("a"));
            }
        });
        List<RecordedEvent> truth = store.readAll(0, EventStore.MAX_PAGE).events();
        assertThat(truth).hasSize(2 * 20);
        assertIncreasing(truth);
        seen.forEach(each -> assertThat(positions(each))
                .as("events seen by a reader, page by page")
                .isEqualTo(positions(truth)));
    }

    @Stress
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    public void read_all_never_skips_or_repeats_events_during_appends(int pageSize) throws Exception {
        List<List<RecordedEvent>> seen =
                readWhile(WRITERS, pageSize, writer -> write(new Random(SEED + writer), writer));

        List<RecordedEvent> truth = store.readAll(0, EventStore.MAX_PAGE).events();
        assertThat(truth).hasSizeGreaterThanOrEqualTo(WRITERS * appendsPerWriter());
        assertIncreasing(truth);
        seen.forEach(each -> assertThat(positions(each))
                .as("events seen by a reader, page by page")
                .isEqualTo(positions(truth)));
        assertVersionsFollowPositions(truth);
    }

    /** Returns the events that each of two readers sees. The readers read continuously while the writers append. */
    private List<List<RecordedEvent>> readWhile(int writers, int pageSize, IntConsumer writer) throws Exception {
        var writing = new AtomicInteger(writers);
        List<Callable<List<RecordedEvent>>> tasks = IntStream.range(0, writers)
                .mapToObj(number -> (Callable<List<RecordedEvent>>) () -> {
                    writer.accept(number);
                    writing.decrementAndGet();
                    return List.of();
                })
                .toList();
        Callable<List<RecordedEvent>> reader = () -> follow(pageSize, writing);
        return together(tasks, List.of(reader, reader)).subList(writers, writers + 2);
    }

    @Test
    public void no_wake_up_is_lost() throws Exception {
        var woken = new Semaphore(0);
        try (EventStore.Subscription open = store.onAppend(woken::release)) {
            assertThat(open).isNotNull();
            Callable<Integer> writer = () -> appendOneByOne(() -> {});
            Callable<Integer> reader = () -> readOnlyWhenWoken(woken, () -> {});
            assertThat(together(List.of(writer), List.of(reader)).getLast())
                    .as("events seen by a reader that reads only when woken")
                    .isEqualTo(appendsPerWriter());
        }
    }

    @Test
    public void an_idle_reader_is_woken_by_the_next_append() throws Exception {
        var woken = new Semaphore(0);
        var read = new Semaphore(0);
        try (EventStore.Subscription open = store.onAppend(woken::release)) {
            assertThat(open).isNotNull();
            Callable<Integer> writer = () -> appendOneByOne(() -> {
                assertThat(acquired(read))
                        .as("an event was read by a reader that reads only when woken")
                        .isTrue();
            });
            Callable<Integer> reader = () -> readOnlyWhenWoken(woken, read::release);
            assertThat(together(List.of(writer), List.of(reader)).getLast()).isEqualTo(appendsPerWriter());
        }
    }

    private int appendOneByOne(Runnable afterEach) {
        for (int i = 0; i < appendsPerWriter(); i++) {
            store.append(new StreamName("s-" + i % 7), ANY, events("a"));
            afterEach.run();
        }
        return appendsPerWriter();
    }

    private int readOnlyWhenWoken(Semaphore woken, Runnable onEvent) {
        Set<RecordedEvent> seen = new HashSet<>(); // another test asserts that no event is read twice
        long after = 0;
        while (seen.size() < appendsPerWriter() && acquired(woken)) {
            woken.drainPermits();
            List<RecordedEvent> page;
            do {
                page = store.readAll(after, 50).events();
                page.stream().filter(seen::add).forEach(event -> onEvent.run());
                after = page.isEmpty() ? after : page.getLast().position();
            } while (!page.isEmpty() && seen.size() < appendsPerWriter());
        }
        return seen.size();
    }

    /** Waits for a permit for half of the patience, which leaves time to report what was missing. */
    private boolean acquired(Semaphore permits) {
        try {
            return permits.tryAcquire(patience().toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void write(Random random, int writer) {
        for (int i = 0; i < appendsPerWriter(); i++) {
            StreamName stream = new StreamName("s-" + random.nextInt(4 * WRITERS));
            store.append(stream, ANY, events(numbers(1 + random.nextInt(4))));
            if (random.nextInt(10) == 0) {
                store.append(stream, NONE, events("refused, by " + writer));
            }
        }
    }

    /**
     * Reads continuously, with the position of the last event as the only cursor, until all events are written and
     * read.
     */
    private List<RecordedEvent> follow(int pageSize, AtomicInteger writing) {
        List<RecordedEvent> seen = new ArrayList<>();
        long after = 0;
        while (true) {
            boolean last = writing.get() == 0;
            List<RecordedEvent> page = store.readAll(after, pageSize).events();
            for (RecordedEvent event : page) {
                assertThat(event.position()).as("a position after %s", after).isGreaterThan(after);
                after = event.position();
            }
            seen.addAll(page);
            if ((last && page.isEmpty()) || Thread.currentThread().isInterrupted()) {
                return seen;
            }
        }
    }

    private static void assertVersionsFollowPositions(List<RecordedEvent> events) {
        Map<StreamName, List<Long>> versions = events.stream()
                .collect(Collectors.groupingBy(
                        RecordedEvent::stream, Collectors.mapping(RecordedEvent::version, Collectors.toList())));
        versions.forEach((stream, numbers) -> assertThat(numbers)
                .as("versions of %s in position order", stream)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size())
                        .mapToObj(Long::valueOf)
                        .toList()));
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    private static Receipt receiptOf(AppendResult result) {
        return switch (result) {
            case Appended done -> done.receipt();
            case Repeated before -> before.first();
            default -> throw new AssertionError("Neither stored nor repeated: " + result);
        };
    }

    private interface Attempt {
        AppendResult by(int racer);
    }

    private List<AppendResult> race(int racers, Attempt attempt) throws Exception {
        return together(IntStream.range(0, racers)
                .mapToObj(i -> (Callable<AppendResult>) () -> attempt.by(i))
                .toList());
    }
}
