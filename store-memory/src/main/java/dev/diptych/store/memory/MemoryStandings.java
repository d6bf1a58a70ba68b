package dev.diptych.store.memory;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.projection.Standing;
import dev.diptych.core.projection.Standings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the projections of a single node stand. Safe for use by many threads.
 *
 * @param events where the events are
 * @param readModels all read models
 * @param clock the clock by which the store records times
 * @param node what this node is called
 */
public record MemoryStandings(EventStore events, List<ReadModelStore> readModels, InstantSource clock, String node)
        implements Standings {

    /** Keeps a copy of the list. */
    public MemoryStandings {
        readModels = List.copyOf(readModels);
    }

    @Override
    public Map<String, Standing> look() {
        return readModels.stream().collect(Collectors.toMap(ReadModelStore::projection, this::standing));
    }

    private Standing standing(ReadModelStore readModel) {
        long checkpoint = readModel.checkpoint();
        Duration behind = events.readAll(checkpoint, 1).events().stream()
                .map(next -> Duration.between(next.recordedAt(), clock.instant()))
                .filter(age -> !age.isNegative())
                .findFirst()
                .orElse(Duration.ZERO);
        return new Standing(checkpoint, events.head(), behind, Optional.of(node));
    }
}
