package dev.diptych.store.memory;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The contract tests' read models in memory: one for each name, since a read model holds its own data. */
public final class MemoryTallies {

    private final String history;
    private final Map<String, MemoryReadModel<String, Tally>> models = new HashMap<>();

    /** Creates an empty set of read models for the events of one history. */
    public MemoryTallies(String history) {
        this.history = history;
    }

    /** Returns the read model with the projection's name. */
    public ReadModelStore readModel(Projection<Coin, Tally> projection) {
        return models.computeIfAbsent(
                projection.name(),
                name -> new MemoryReadModel<>(history, projection, Tally::key, Comparator.naturalOrder()));
    }

    /** Returns all rows of a read model by their keys. */
    public Map<String, Tally> rows(ReadModelStore readModel) {
        return models.get(readModel.projection()).list(Optional.empty(), row -> true, 100_000).value().items().stream()
                .collect(Collectors.toMap(Tally::key, row -> row));
    }
}
