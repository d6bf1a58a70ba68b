package dev.diptych.api.operations;

import dev.diptych.api.Role;
import dev.diptych.api.operations.Probe.NoAnswerException;
import dev.diptych.core.automation.TodoList.Counts;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.Checkpoints.Replica;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Queries the status of the store, with one cheap query for each role of the node. The queries run concurrently, for at
 * most {@link #TIMEOUT}. Thread-safe.
 */
public final class StoreProbe {

    /** The maximum wait for each answer of the store. */
    public static final Duration TIMEOUT = Duration.ofMillis(1_500);

    private final Set<Role> roles;
    private final Probe<Optional<OpenAppend>> oldestAppend;
    private final Probe<Map<String, ProjectionProgress>> projections;
    private final Probe<Views> views;
    private final Probe<Map<String, Counts>> items;

    private record Views(Map<String, ProjectionProgress> progress, Set<String> paused, Optional<Replica> replica) {}

    /**
     * Creates a probe.
     *
     * @param roles the roles whose connections the node uses
     * @param oldestAppend returns the oldest open append; called on nodes with the role write or project
     * @param projections returns the progress of each projection by its name; called on nodes with the role project
     * @param views the checkpoints in the database that answers queries; read on nodes with the role read
     * @param items returns the number of items of each automation of the node
     */
    public StoreProbe(
            Set<Role> roles,
            Supplier<Optional<OpenAppend>> oldestAppend,
            Supplier<Map<String, ProjectionProgress>> projections,
            Checkpoints views,
            Supplier<Map<String, Counts>> items) {
        this.roles = Set.copyOf(roles);
        this.oldestAppend = new Probe<>(oldestAppend, TIMEOUT);
        this.projections = new Probe<>(projections, TIMEOUT);
        this.views = new Probe<>(() -> new Views(views.progress(), views.paused(), views.replica()), TIMEOUT);
        this.items = new Probe<>(items, TIMEOUT);
    }

    /** Returns the roles of the node. */
    public Set<Role> roles() {
        return roles;
    }

    /** Queries the current status; does not throw when the store is unavailable. */
    public StoreStatus status() {
        boolean seesAppends = roles.contains(Role.WRITE) || roles.contains(Role.PROJECT);
        begin(seesAppends, oldestAppend);
        begin(roles.contains(Role.PROJECT), projections);
        begin(roles.contains(Role.READ), views);
        begin(true, items);
        Map<Role, String> errors = new EnumMap<>(Role.class);
        Optional<Optional<OpenAppend>> oldest = answer(seesAppends, Role.WRITE, oldestAppend, errors);
        Optional<Map<String, ProjectionProgress>> progress =
                answer(roles.contains(Role.PROJECT), Role.PROJECT, projections, errors);
        Optional<Views> seen = answer(roles.contains(Role.READ), Role.READ, views, errors);
        errors.keySet().retainAll(roles);
        return new StoreStatus(
                errors,
                progress.orElse(Map.of()),
                seen.map(Views::progress).orElse(Map.of()),
                seen.map(Views::paused).orElse(Set.of()),
                answer(true, Role.AUTOMATE, items, new EnumMap<>(Role.class)).orElse(Map.of()),
                seen.flatMap(Views::replica),
                oldest.isPresent(),
                oldest.flatMap(found -> found));
    }

    private static void begin(boolean asked, Probe<?> probe) {
        if (asked) {
            probe.begin();
        }
    }

    private static <T> Optional<T> answer(boolean asked, Role role, Probe<T> probe, Map<Role, String> errors) {
        if (!asked) {
            return Optional.empty();
        }
        try {
            return Optional.of(probe.await());
        } catch (NoAnswerException e) {
            errors.put(role, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
