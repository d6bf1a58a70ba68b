package dev.diptych.store.memory;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The progress of the projections of a single node. Thread-safe.
 *
 * @param events the event store
 * @param readModels all read models
 * @param clock the event store's clock
 * @param node the name of this node
 */
public record MemoryCheckpoints(EventStore events, List<ReadModelStore> readModels, InstantSource clock, String node)
        implements Checkpoints {

    /** Copies the read models into an unmodifiable list. */
    public MemoryCheckpoints {
        readModels = List.copyOf(readModels);
    }

    @Override
    public HistoryStatus statusOf(String history) {
        return history.equals(events.history()) ? HistoryStatus.PRESENT : HistoryStatus.UNKNOWN;
    }

    @Override
    public Map<String, ProjectionProgress> progress() {
        return readModels.stream().collect(Collectors.toMap(ReadModelStore::projection, this::progress));
    }

    private ProjectionProgress progress(ReadModelStore readModel) {
        long checkpoint = readModel.checkpoint();
        Duration behind = events.readAll(checkpoint, 1).events().stream()
                .map(next -> Duration.between(next.recordedAt(), clock.instant()))
                .filter(age -> !age.isNegative())
                .findFirst()
                .orElse(Duration.ZERO);
        Generations.Status generations = readModel.generations().status();
        return new ProjectionProgress(
                checkpoint,
                OptionalLong.of(events.head()),
                Optional.of(behind),
                Optional.of(node),
                generations.copy().map(copy -> node),
                Optional.of(generations));
    }
}
