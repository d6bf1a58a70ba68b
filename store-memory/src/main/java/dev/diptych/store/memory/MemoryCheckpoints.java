package dev.diptych.store.memory;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Checkpoints;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How far the read models in memory are. Safe for use by many threads.
 *
 * @param events where the events are
 * @param readModels all read models that queries are answered from
 */
public record MemoryCheckpoints(EventStore events, List<ReadModelStore> readModels) implements Checkpoints {

    /** Keeps a copy of the list. */
    public MemoryCheckpoints {
        readModels = List.copyOf(readModels);
    }

    @Override
    public HistoryStatus statusOf(String history) {
        return history.equals(events.history()) ? HistoryStatus.PRESENT : HistoryStatus.UNKNOWN;
    }

    @Override
    public Progress look() {
        return new Progress(
                readModels.stream().collect(Collectors.toMap(ReadModelStore::projection, ReadModelStore::checkpoint)),
                OptionalLong.of(events.head()));
    }
}
