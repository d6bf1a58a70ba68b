package dev.diptych.core.contract;

import static dev.diptych.core.contract.EventStoreContract.ANY;
import static dev.diptych.core.contract.EventStoreContract.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Failure;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.ProjectionRunner.PoisonedEvent;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of a store's two ports with a {@link ProjectionRunner}: every event is applied to the read model
 * exactly once. An event that cannot be applied is reported, retried and never skipped. Extend it as
 * {@link EventStoreContract} and {@link ReadModelStoreContract}.
 *
 * <p><b>Not asserted.</b> The {@link Stress stress test} looks for batches that two runners apply twice or not at all
 * while several writers append. It may find a fault by chance;
 * {@link ReadModelStoreContract#two_runners_never_apply_a_batch_twice} asserts that one batch is applied once.
 */
public abstract class ProjectionRunnerContract extends Contract {

    /** Small batches and short pauses; polls are so rare that a lost wake-up is noticed. */
    private static final Pace PACE = new Pace(10, Duration.ofMinutes(5), Duration.ofMillis(5), Duration.ofMillis(50));

    private static final StreamName PURSES = new StreamName("purses");

    private final List<ProjectionRunner> runners = new ArrayList<>();
    private EventStore store;

    /** Returns a new, empty store without read models; called before each test. */
    protected abstract EventStore newStore() throws Exception;

    /** Returns a read model over the same store, as in {@link ReadModelStoreContract}. */
    protected abstract ReadModelStore readModel(Projection<Coin, Tally> projection);

    /** Returns all rows of a read model by their keys, from one consistent read. */
    protected abstract Map<String, Tally> rows(ReadModelStore readModel);

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    @AfterEach
    void closeRunners() {
        runners.forEach(ProjectionRunner::close);
    }

    @Test
    public void events_from_before_and_after_the_start_are_applied() {
        put("a", 25);
        ReadModelStore model = readModel(new Tallies());
        start(model, Coin.CODEC);
        awaitSum(model, "a", 25);
        put("b", 7);
        awaitSum(model, "b", 7);
        awaitSum(model, "total", 32);
        until("the checkpoint is at the head", () -> model.checkpoint() == store.head());
    }

    @Test
    public void a_checkpoint_beyond_the_last_event_fails_until_a_rebuild() {
        put("a", 25);
        ReadModelStore model = readModel(new Tallies());
        var lost = new PublishedEvent<>(new Coin("a", 1), 1, store.head() + 100);
        assertThat(model.apply(new Batch(0, List.of(lost), store.history()))).isTrue();
        ProjectionRunner runner = start(model, Coin.CODEC);
        until("the runner has failed", () -> runner.state() == State.FAILED);
        assertThat(model.checkpoint())
                .as("the checkpoint, 100 beyond the last event")
                .isEqualTo(store.head() + 100);
        assertThat(runner.failure().map(Failure::error).orElse(""))
                .contains("position " + (store.head() + 100), "Rebuild the read model");

        runner.rebuild(false);
        awaitSum(model, "a", 25);
        until("the runner is running again", () -> runner.state() == State.RUNNING);
    }

    @Test
    public void a_batch_of_another_history_is_read_again() {
        put("a", 25);
        var past = new AtomicBoolean(true);
        EventStore restored = new DelegatingEventStore(store) {
            @Override
            public EventPage readAll(long afterPosition, int limit) {
                EventPage page = super.readAll(afterPosition, limit);
                return past.getAndSet(false) ? new EventPage(page.events().subList(0, 1), "another") : page;
            }
        };
        ReadModelStore model = readModel(new Tallies());
        var runner = new ProjectionRunner(restored, Coin.CODEC, model, PACE);
        runners.add(runner);
        runner.start();
        until("a batch of another history was read", () -> !past.get());
        put("b", 7);
        awaitSum(model, "total", 32);
    }

    @Test
    public void a_runner_subscribes_to_appends_before_its_first_read() {
        var states = new ArrayList<State>();
        AtomicReference<ProjectionRunner> runner = new AtomicReference<>();
        EventStore watched = new DelegatingEventStore(store) {
            @Override
            public Subscription onAppend(Runnable wake) {
                states.add(runner.get().state());
                return super.onAppend(wake);
            }
        };
        runner.set(new ProjectionRunner(watched, Coin.CODEC, readModel(new Tallies()), PACE));
        runners.add(runner.get());
        runner.get().start();
        assertThat(states)
                .as("the state at the subscription: an append between a read and the subscription is lost")
                .containsExactly(State.STOPPED);
    }

    @Test
    public void a_runner_reports_its_name_and_state() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = runner(model, Coin.CODEC);
        assertThat(runner.state()).isEqualTo(State.STOPPED);
        runner.start();
        put("a", 3);
        awaitSum(model, "a", 3);
        until("the projection has caught up", () -> model.checkpoint() == store.head());
        assertThat(runner.name()).isEqualTo(Tally.PROJECTION);
        assertThat(runner.state()).isEqualTo(State.RUNNING);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("projection-tallies");
        runner.close();
        assertThat(runner.state()).isEqualTo(State.STOPPED);
    }

    @Stress
    @Test
    public void two_runners_apply_concurrent_appends_exactly_once() throws Exception {
        ReadModelStore one = readModel(new Tallies());
        ReadModelStore two = readModel(new Tallies());
        start(one, Coin.CODEC);
        start(two, Coin.CODEC);
        together(IntStream.range(0, 4)
                .mapToObj(writer -> (Callable<Void>) () -> {
                    var random = new Random(SEED + writer);
                    for (int i = 0; i < 50; i++) {
                        store.append(
                                new StreamName("purse-" + random.nextInt(12)),
                                ANY,
                                List.of(Coin.event("p" + random.nextInt(5), 1), Coin.event("q", 2)));
                    }
                    return null;
                })
                .toList());
        awaitSum(one, "total", 600);
        awaitSum(one, "q", 400);
        assertThat(rows(one).get("total").coins()).as("events applied").isEqualTo(400);
    }

    @Test
    public void an_event_that_cannot_be_applied_stops_the_projection_and_is_reported() {
        var failing = new AtomicBoolean(true);
        ReadModelStore model = readModel(ReadModelStoreContract.failingAt(2, failing));
        put("a", 3);
        long poisoned = append(Coin.event("poison", 2));
        put("a", 4);
        ProjectionRunner runner = start(model, Coin.CODEC); // after the appends, so that one batch has all events

        until("the projection has failed at least 3 times", () -> attempts(runner) >= 3);
        Failure failure = runner.failure().orElseThrow();
        assertThat(runner.state()).isEqualTo(State.FAILED);
        assertThat(failure.event()).contains(new PoisonedEvent(poisoned, "Coin"));
        assertThat(failure.error()).contains("this coin is bad");
        assertThat(model.checkpoint())
                .as("all events before the poisoned event are applied")
                .isEqualTo(poisoned - 1);
        assertThat(rows(model).get("a").sum())
                .as("no event after the poisoned event is applied")
                .isEqualTo(3);

        failing.set(false);
        awaitSum(model, "total", 9);
        awaitSum(model, "a", 7);
        until("the failure is cleared", () -> runner.failure().isEmpty());
        assertThat(rows(model).get("total").coins()).as("events applied").isEqualTo(8);
    }

    @Test
    public void an_unreadable_event_stops_the_projection_and_is_reported() {
        var readable = new AtomicBoolean();
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, readingForeignEventsWhen(readable));
        put("a", 3);
        long poisoned = append(event("from the future"));
        put("a", 4);

        until("the projection has failed at least 3 times", () -> attempts(runner) >= 3);
        Failure failure = runner.failure().orElseThrow();
        assertThat(failure.event()).contains(new PoisonedEvent(poisoned, "lamp-changed"));
        assertThat(failure.error()).contains("not a coin");
        assertThat(model.checkpoint()).isEqualTo(poisoned - 1);
        assertThat(rows(model).get("a").sum()).isEqualTo(3);

        readable.set(true);
        awaitSum(model, "a", 7);
        until("the failure is cleared", () -> runner.failure().isEmpty());
    }

    @Test
    public void an_unreadable_event_is_reported_after_a_gap_in_positions() {
        long lost = append(Coin.event("a", 1));
        long poisoned = append(event("from the future"));
        EventStore withAGap = new DelegatingEventStore(store) {
            @Override
            public EventPage readAll(long afterPosition, int limit) {
                EventPage page = super.readAll(afterPosition, limit);
                return new EventPage(
                        page.events().stream()
                                .filter(event -> event.position() != lost)
                                .toList(),
                        page.history());
            }
        };
        var runner = new ProjectionRunner(withAGap, Coin.CODEC, readModel(new Tallies()), PACE);
        runners.add(runner);
        runner.start();
        until("the projection has failed at least 3 times", () -> attempts(runner) >= 3);
        assertThat(runner.failure().flatMap(Failure::event).map(PoisonedEvent::position))
                .contains(poisoned);
    }

    @Test
    public void a_failed_projection_does_not_block_another() {
        ReadModelStore failing = readModel(ReadModelStoreContract.failingAt(1, new AtomicBoolean(true)));
        ReadModelStore healthy = readModel(new Tallies("other-tallies"));
        ProjectionRunner stopped = start(failing, Coin.CODEC);
        start(healthy, Coin.CODEC);
        append(Coin.event("poison", 2));
        until("the failing projection has failed", () -> stopped.state() == State.FAILED);
        put("a", 4);
        awaitSum(healthy, "total", 6);
    }

    @Test
    public void the_next_batch_is_read_while_one_is_applied() {
        var nextIsRead = new AtomicBoolean();
        put("a", PACE.batchSize());
        put("b", PACE.batchSize());
        var waiting = new Tallies() {
            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                until("the next batch is read", nextIsRead::get);
                return super.evolve(key, row, published);
            }
        };
        ReadModelStore model = readModel(waiting);
        start(model, decoding(event -> {
            if (event.payload().contains("b")) {
                nextIsRead.set(true);
            }
        }));
        awaitSum(model, "total", 2L * PACE.batchSize());
    }

    @Test
    public void an_append_after_an_empty_read_ahead_is_not_missed() {
        var emptyReadAhead = new AtomicBoolean();
        put("a", PACE.batchSize());
        var appending = new Tallies() {
            private final AtomicBoolean appended = new AtomicBoolean();

            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                if (!appended.getAndSet(true)) {
                    until("the read-ahead has found no events", emptyReadAhead::get);
                    put("b", 1);
                }
                return super.evolve(key, row, published);
            }
        };
        ReadModelStore model = readModel(appending);
        EventStore watched = new DelegatingEventStore(store) {
            @Override
            public EventPage readAll(long afterPosition, int limit) {
                EventPage page = super.readAll(afterPosition, limit);
                if (afterPosition > 0 && page.events().isEmpty()) {
                    emptyReadAhead.set(true);
                }
                return page;
            }
        };
        var runner = new ProjectionRunner(watched, Coin.CODEC, model, PACE);
        runners.add(runner);
        runner.start();
        awaitSum(model, "total", PACE.batchSize() + 1L);
    }

    @Test
    public void a_failed_read_ahead_stops_only_the_next_batch_and_is_reported() {
        var failing = new AtomicBoolean(true);
        put("a", PACE.batchSize());
        put("b", PACE.batchSize());
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, decoding(event -> {
            if (failing.get() && event.payload().contains("b")) {
                throw new IllegalStateException("connection lost");
            }
        }));
        until("the projection has failed at least 3 times", () -> attempts(runner) >= 3);
        assertThat(runner.failure().orElseThrow().error()).contains("connection lost");
        assertThat(rows(model).get("total").sum()).isEqualTo(PACE.batchSize());
        failing.set(false);
        awaitSum(model, "total", 2L * PACE.batchSize());
        assertThat(rows(model).get("total").coins()).as("events applied").isEqualTo(2L * PACE.batchSize());
    }

    @Test
    public void a_paused_projection_stays_behind_and_catches_up_when_resumed() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, Coin.CODEC);
        put("a", 1);
        awaitSum(model, "a", 1);
        until("the projection has caught up", () -> model.checkpoint() == store.head());

        runner.pause();
        put("a", 12);
        assertThat(runner.state()).isEqualTo(State.PAUSED);
        assertThat(store.head() - model.checkpoint())
                .as("the lag of a paused projection")
                .isGreaterThanOrEqualTo(2);
        runner.resume();
        awaitSum(model, "a", 13);
        assertThat(runner.state()).isEqualTo(State.RUNNING);
    }

    @Test
    public void a_running_projection_can_be_rebuilt() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, Coin.CODEC);
        put("a", 30);
        awaitSum(model, "a", 30);
        Map<String, Tally> before = rows(model);
        runner.rebuild(false);
        until("a copy serves", () -> model.generations().status().serving() > 1);
        assertThat(rows(model)).isEqualTo(before);
        put("a", 1);
        awaitSum(model, "a", 31);
    }

    @Test
    public void closing_stops_a_failed_or_a_paused_runner() {
        ReadModelStore failing = readModel(ReadModelStoreContract.failingAt(1, new AtomicBoolean(true)));
        append(Coin.event("poison", 2));
        ProjectionRunner stopped = start(failing, Coin.CODEC);
        ProjectionRunner paused = start(readModel(new Tallies("other-tallies")), Coin.CODEC);
        until("the runner has failed", () -> stopped.state() == State.FAILED);
        paused.pause();
        for (ProjectionRunner runner : List.of(stopped, paused)) {
            runner.close();
            runner.close();
            assertThat(runner.state()).isEqualTo(State.STOPPED);
        }
    }

    private ProjectionRunner runner(ReadModelStore model, EventCodec codec) {
        var runner = new ProjectionRunner(store, codec, model, PACE);
        runners.add(runner);
        return runner;
    }

    private ProjectionRunner start(ReadModelStore model, EventCodec codec) {
        ProjectionRunner runner = runner(model, codec);
        runner.start();
        return runner;
    }

    /** Appends this number of coins of 1 for a purse, in appends of up to 10. */
    private void put(String purse, int coins) {
        for (int left = coins; left > 0; left -= 10) {
            append(IntStream.range(0, Math.min(left, 10))
                    .mapToObj(i -> Coin.event(purse, 1))
                    .toArray(NewEvent[]::new));
        }
    }

    private long append(NewEvent... events) {
        return EventStoreContract.appended(store.append(PURSES, ANY, List.of(events)))
                .position();
    }

    private void awaitSum(ReadModelStore model, String key, long sum) {
        until(
                "the row " + key + " reaches " + sum,
                () -> rows(model).containsKey(key) && rows(model).get(key).sum() == sum);
    }

    private static int attempts(ProjectionRunner runner) {
        return runner.failure().map(Failure::attempts).orElse(0);
    }

    /** Passes each event to a listener before it is decoded. */
    private static EventCodec decoding(Consumer<RecordedEvent> listener) {
        return new EventCodec() {
            @Override
            public NewEvent encode(Object event, Map<String, String> metadata) {
                return Coin.CODEC.encode(event, metadata);
            }

            @Override
            public Object decode(RecordedEvent event) {
                listener.accept(event);
                return Coin.CODEC.decode(event);
            }
        };
    }

    private static EventCodec readingForeignEventsWhen(AtomicBoolean readable) {
        return new EventCodec() {
            @Override
            public NewEvent encode(Object event, Map<String, String> metadata) {
                return Coin.CODEC.encode(event, metadata);
            }

            @Override
            public Object decode(RecordedEvent event) {
                return readable.get() && !event.type().equals(Coin.TYPE) ? "readable now" : Coin.CODEC.decode(event);
            }
        };
    }
}
