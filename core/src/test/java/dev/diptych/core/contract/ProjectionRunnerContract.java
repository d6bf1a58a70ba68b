package dev.diptych.core.contract;

import static dev.diptych.core.contract.EventStoreContract.ANY;
import static dev.diptych.core.contract.EventStoreContract.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.ProjectionStatus.Failure;
import dev.diptych.core.projection.ProjectionStatus.State;
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
 * What a store's two ports promise together, under the runner: every event reaches the read model exactly once, and one
 * that cannot is seen, waited for and never skipped. Extend it as {@link EventStoreContract} and
 * {@link ReadModelStoreContract}.
 *
 * <p><b>Not asserted.</b> The test that {@link Hammer hammers} both ports looks for batches that two runners apply
 * twice or not at all while several writers append. What it finds, it finds by luck; that one batch is applied once is
 * asserted by {@link ReadModelStoreContract#two_runners_never_apply_a_batch_twice}.
 */
public abstract class ProjectionRunnerContract extends Contract {

    /** Small batches and short pauses; a poll so rare that a lost wake-up would show. */
    private static final Pace PACE = new Pace(10, Duration.ofMinutes(5), Duration.ofMillis(5), Duration.ofMillis(50));

    private static final StreamName PURSES = new StreamName("purses");

    private final List<ProjectionRunner> runners = new ArrayList<>();
    private EventStore store;

    /** A store in which nothing has happened yet, with no read models; called before each test. */
    protected abstract EventStore newStore() throws Exception;

    /** As in {@link ReadModelStoreContract}, over the same store. */
    protected abstract ReadModelStore readModel(Projection<Coin, Tally> projection);

    /** All rows of a read model by their keys, read at once. */
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
    public void a_checkpoint_beyond_the_last_event_is_a_failure_that_a_rebuild_mends() {
        put("a", 25);
        ReadModelStore model = readModel(new Tallies());
        var lost = new PublishedEvent<>(new Coin("a", 1), 1, store.head() + 100);
        assertThat(model.apply(new Batch(0, List.of(lost), store.history()))).isTrue();
        ProjectionRunner runner = start(model, Coin.CODEC);
        until("the runner has failed", () -> runner.status().state() == State.FAILED);
        assertThat(runner.status().lag()).as("the lag, which is not told as 0").isEqualTo(-100);
        assertThat(runner.failure().map(Failure::error).orElse(""))
                .contains("position " + (store.head() + 100), "Rebuild it");

        runner.rebuild();
        awaitSum(model, "a", 25);
        until("the runner runs again", () -> runner.status().state() == State.RUNNING);
    }

    @Test
    public void a_batch_that_was_read_in_another_history_is_read_again() {
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
    public void a_runner_asks_to_be_woken_before_it_looks_for_itself() {
        var states = new ArrayList<State>();
        AtomicReference<ProjectionRunner> runner = new AtomicReference<>();
        EventStore watched = new DelegatingEventStore(store) {
            @Override
            public Subscription onAppend(Runnable wake) {
                states.add(runner.get().status().state());
                return super.onAppend(wake);
            }
        };
        runner.set(new ProjectionRunner(watched, Coin.CODEC, readModel(new Tallies()), PACE));
        runners.add(runner.get());
        runner.get().start();
        assertThat(states)
                .as("what the runner was doing when it subscribed: an append after its look, and before that, is lost")
                .containsExactly(State.STOPPED);
    }

    @Test
    public void the_status_says_how_far_it_is_and_who_does_the_work() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = runner(model, Coin.CODEC);
        assertThat(runner.status().state()).isEqualTo(State.STOPPED);
        runner.start();
        put("a", 3);
        awaitSum(model, "a", 3);
        until("nothing is behind", () -> runner.status().lag() == 0);
        assertThat(runner.status().name()).isEqualTo(Tally.PROJECTION);
        assertThat(runner.status().state()).isEqualTo(State.RUNNING);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .contains("projection-tallies");
        runner.close();
        assertThat(runner.status().state()).isEqualTo(State.STOPPED);
    }

    @Hammer
    @Test
    public void many_appends_from_many_threads_are_applied_exactly_once_by_two_runners() throws Exception {
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
    public void an_event_that_cannot_be_applied_stops_the_projection_there_and_is_seen() {
        var failing = new AtomicBoolean(true);
        ReadModelStore model = readModel(ReadModelStoreContract.failingAt(2, failing));
        put("a", 3);
        long poisoned = append(Coin.event("poison", 2));
        put("a", 4);
        ProjectionRunner runner = start(model, Coin.CODEC); // only now, so that one batch has them all

        until("the projection has failed, more than once", () -> attempts(runner) >= 3);
        Failure failure = runner.status().failure().orElseThrow();
        assertThat(runner.status().state()).isEqualTo(State.FAILED);
        assertThat(failure.position()).isEqualTo(poisoned);
        assertThat(failure.event()).isEqualTo("Coin");
        assertThat(failure.error()).contains("this coin is bad");
        assertThat(model.checkpoint())
                .as("everything before the event is applied")
                .isEqualTo(poisoned - 1);
        assertThat(rows(model).get("a").sum())
                .as("nothing after the event is applied")
                .isEqualTo(3);

        failing.set(false);
        awaitSum(model, "total", 9);
        awaitSum(model, "a", 7);
        until("the failure is over", () -> runner.status().failure().isEmpty());
        assertThat(rows(model).get("total").coins()).as("events applied").isEqualTo(8);
    }

    @Test
    public void an_event_that_cannot_be_read_stops_the_projection_there_and_is_seen() {
        var readable = new AtomicBoolean();
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, readingForeignEventsWhen(readable));
        put("a", 3);
        long poisoned = append(event("from the future"));
        put("a", 4);

        until("the projection has failed, more than once", () -> attempts(runner) >= 3);
        Failure failure = runner.status().failure().orElseThrow();
        assertThat(failure.position()).isEqualTo(poisoned);
        assertThat(failure.event()).isEqualTo("lamp-changed");
        assertThat(failure.error()).contains("it is no coin");
        assertThat(model.checkpoint()).isEqualTo(poisoned - 1);
        assertThat(rows(model).get("a").sum()).isEqualTo(3);

        readable.set(true);
        awaitSum(model, "a", 7);
        until("the failure is over", () -> runner.status().failure().isEmpty());
    }

    @Test
    public void an_event_that_cannot_be_read_is_seen_after_a_position_without_an_event() {
        long lost = append(Coin.event("a", 1));
        long poisoned = append(event("from the future"));
        EventStore withoutOne = new DelegatingEventStore(store) {
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
        var runner = new ProjectionRunner(withoutOne, Coin.CODEC, readModel(new Tallies()), PACE);
        runners.add(runner);
        runner.start();
        until("the projection has failed", () -> attempts(runner) > 0);
        assertThat(runner.failure().orElseThrow().position()).isEqualTo(poisoned);
    }

    @Test
    public void a_projection_that_has_failed_does_not_hold_up_another() {
        ReadModelStore failing = readModel(ReadModelStoreContract.failingAt(1, new AtomicBoolean(true)));
        ReadModelStore healthy = readModel(new Tallies("other-tallies"));
        ProjectionRunner stopped = start(failing, Coin.CODEC);
        start(healthy, Coin.CODEC);
        append(Coin.event("poison", 2));
        until("the one has failed", () -> stopped.status().state() == State.FAILED);
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
    public void an_append_after_the_next_batch_was_read_ahead_is_not_left_for_the_next_wake_up() {
        var nothingReadAhead = new AtomicBoolean();
        put("a", PACE.batchSize());
        var appending = new Tallies() {
            private final AtomicBoolean appended = new AtomicBoolean();

            @Override
            public @Nullable Tally evolve(String key, @Nullable Tally row, PublishedEvent<Coin> published) {
                if (!appended.getAndSet(true)) {
                    until("nothing more has been read", nothingReadAhead::get);
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
                    nothingReadAhead.set(true);
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
    public void what_goes_wrong_while_the_next_batch_is_read_stops_only_that_one_and_is_seen() {
        var failing = new AtomicBoolean(true);
        put("a", PACE.batchSize());
        put("b", PACE.batchSize());
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, decoding(event -> {
            if (failing.get() && event.payload().contains("b")) {
                throw new IllegalStateException("the line is cut");
            }
        }));
        until("the projection has failed, more than once", () -> attempts(runner) >= 3);
        assertThat(runner.status().failure().orElseThrow().error()).contains("the line is cut");
        assertThat(rows(model).get("total").sum()).isEqualTo(PACE.batchSize());
        failing.set(false);
        awaitSum(model, "total", 2L * PACE.batchSize());
        assertThat(rows(model).get("total").coins()).as("events applied").isEqualTo(2L * PACE.batchSize());
    }

    @Test
    public void a_paused_projection_waits_and_catches_up_when_it_is_resumed() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, Coin.CODEC);
        put("a", 1);
        awaitSum(model, "a", 1);
        until("nothing is behind", () -> runner.status().lag() == 0);

        runner.pause();
        put("a", 12);
        assertThat(runner.status().state()).isEqualTo(State.PAUSED);
        assertThat(runner.status().lag())
                .as("how far a paused projection is behind")
                .isGreaterThanOrEqualTo(2);
        runner.resume();
        awaitSum(model, "a", 13);
        assertThat(runner.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    public void a_projection_can_be_built_again_while_it_runs() {
        ReadModelStore model = readModel(new Tallies());
        ProjectionRunner runner = start(model, Coin.CODEC);
        put("a", 30);
        awaitSum(model, "a", 30);
        Map<String, Tally> before = rows(model);
        runner.rebuild();
        until("the rows are there again", () -> rows(model).equals(before));
        put("a", 1);
        awaitSum(model, "a", 31);
    }

    @Test
    public void a_runner_that_is_closed_ends_its_thread_whatever_it_is_doing() {
        ReadModelStore failing = readModel(ReadModelStoreContract.failingAt(1, new AtomicBoolean(true)));
        append(Coin.event("poison", 2));
        ProjectionRunner stopped = start(failing, Coin.CODEC);
        ProjectionRunner paused = start(readModel(new Tallies("other-tallies")), Coin.CODEC);
        until("it has failed", () -> stopped.status().state() == State.FAILED);
        paused.pause();
        for (ProjectionRunner runner : List.of(stopped, paused)) {
            runner.close();
            runner.close();
            assertThat(runner.status().state()).isEqualTo(State.STOPPED);
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

    /** Puts so many coins of 1 into a purse, in appends of up to 10. */
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
        return runner.status().failure().map(Failure::attempts).orElse(0);
    }

    /** Tells somebody of each event before it is decoded. */
    private static EventCodec decoding(Consumer<RecordedEvent> told) {
        return new EventCodec() {
            @Override
            public NewEvent encode(Object event, Map<String, String> metadata) {
                return Coin.CODEC.encode(event, metadata);
            }

            @Override
            public Object decode(RecordedEvent event) {
                told.accept(event);
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
                return readable.get() && !event.type().equals(Coin.TYPE) ? "read at last" : Coin.CODEC.decode(event);
            }
        };
    }
}
