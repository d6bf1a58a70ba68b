package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.broken.WrappedTallies.WrappedReadModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three projections over one log. Polls are so rare that only appends cause reads. */
class SharedLogReaderTest {

    private static final Pace PACE = new Pace(100, Duration.ofMinutes(5), Duration.ofMillis(5), Duration.ofMillis(50));
    private static final String LARGE = "{\"note\":\"" + "x".repeat(1_000_000) + "\"}";

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger decoded = new AtomicInteger();
    private final AtomicInteger checkpointReads = new AtomicInteger();
    private final MemoryEventStore events = new MemoryEventStore();
    private final LogReader log = new LogReader(
            new DelegatingEventStore(events) {
                @Override
                public EventPage readAll(long afterPosition, int limit) {
                    reads.incrementAndGet();
                    return super.readAll(afterPosition, limit);
                }
            },
            new EventCodec() {
                @Override
                public NewEvent encode(Object event, Map<String, String> metadata) {
                    return Coin.CODEC.encode(event, metadata);
                }

                @Override
                public Object decode(RecordedEvent event) {
                    decoded.incrementAndGet();
                    return Coin.CODEC.decode(event);
                }
            });
    private final List<ReadModelStore> models = IntStream.range(0, 3)
            .<ReadModelStore>mapToObj(i ->
                    new WrappedReadModel(new MemoryTallies(events.history()).readModel(new Tallies("tallies-" + i))) {
                        @Override
                        public long checkpoint() {
                            checkpointReads.incrementAndGet();
                            return super.checkpoint();
                        }
                    })
            .toList();
    private final List<ProjectionRunner> runners = new ArrayList<>();

    private void start() {
        for (ReadModelStore model : models) {
            var runner = new ProjectionRunner(log, model, PACE, new Lease.Sole());
            runners.add(runner);
            runner.start();
        }
    }

    @AfterEach
    void close() {
        runners.forEach(ProjectionRunner::close);
    }

    private void append(String metadata) {
        NewEvent coin = Coin.CODEC.encode(new Coin("a", 1), Map.of());
        events.append(
                new StreamName("purse-a"),
                ExpectedVersion.any(),
                List.of(new NewEvent(coin.type(), coin.schemaVersion(), coin.payload(), metadata)));
    }

    private void awaitAll() {
        for (ReadModelStore model : models) {
            Waiting.until(model.projection() + " is up to date", () -> model.checkpoint() == events.head());
        }
    }

    @Test
    void each_event_is_read_and_decoded_once_for_all_projections() {
        append("{}");
        start();
        awaitAll();
        append("{}"); // the first reads are of each runner's own
        awaitAll();
        reads.set(0);
        decoded.set(0);
        for (int i = 0; i < 20; i++) {
            append("{}");
            awaitAll();
        }
        assertThat(decoded).hasValue(20);
        assertThat(reads).hasValue(20);
    }

    @Test
    void a_projection_asks_for_its_checkpoint_only_when_it_may_have_moved_elsewhere() {
        append("{}");
        start();
        awaitAll();
        checkpointReads.set(0);
        for (int i = 0; i < 20; i++) {
            append("{}");
            long head = events.head();
            Waiting.until("the rows are up to date", () -> decoded.get() >= head);
        }
        close();
        assertThat(checkpointReads).hasValue(0);
    }

    @Test
    void a_rebuild_by_another_node_is_noticed_at_the_next_event() {
        append("{}");
        start();
        awaitAll();
        EmptyCopy.serve(models.getFirst());
        append("{}");
        awaitAll();
        assertThat(models).allSatisfy(model -> assertThat(model.checkpoint()).isEqualTo(2));
    }

    /** As in a lossy fail-over or for a checkpoint that is beyond the last event. */
    @Test
    void a_checkpoint_beyond_the_end_does_not_take_the_window_from_others() {
        append("{}");
        start();
        awaitAll();
        append("{}");
        awaitAll();
        runners.getFirst().pause();
        var lost = new PublishedEvent<>(new Coin("a", 1), 1, events.head() + 100);
        assertThat(models.getFirst().apply(new Batch(events.head(), List.of(lost), events.history())))
                .isTrue();
        runners.getFirst().resume();
        append("{}");
        Waiting.until("it has failed", () -> runners.getFirst().state() == ProjectionRunner.State.FAILED);
        reads.set(0);
        decoded.set(0);
        for (int i = 0; i < 20; i++) {
            append("{}");
            awaitOthers();
        }
        assertThat(decoded).hasValue(20);
    }

    @Test
    void a_projection_behind_the_window_reads_for_itself() {
        append("{}");
        start();
        awaitAll();
        runners.getFirst().pause();
        for (int i = 0; i < 10; i++) {
            append(LARGE); // the window holds 4 of these
            awaitOthers();
        }
        decoded.set(0);
        runners.getFirst().resume();
        awaitAll();
        assertThat(decoded.get()).as("events that were read again").isBetween(5, 10);
    }

    private void awaitOthers() {
        for (ReadModelStore model : models.subList(1, models.size())) {
            Waiting.until(model.projection() + " is up to date", () -> model.checkpoint() == events.head());
        }
    }
}
