package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.api.ops.Look.NoAnswerException;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at the store from where this node stands, by one cheap question for each of its roles, all at once, and comes back
 * after {@link #PATIENCE} whatever the store does. Safe for use by many threads.
 */
public final class Lookout {

    /** How long it waits for a store that does not answer. */
    public static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Set<Role> roles;
    private final Optional<Look<Optional<OpenAppend>>> appends;
    private final Optional<Look<Map<String, ProjectionProgress>>> projections;
    private final Optional<Look<Seen>> views;

    private record Seen(Map<String, ProjectionProgress> progress, Set<String> paused) {}

    /**
     * A lookout.
     *
     * @param roles which roles the node has
     */
    public Lookout(Set<Role> roles, Insight insight) {
        this.roles = Set.copyOf(roles);
        this.appends = insight.appends().map(question -> new Look<>(question, PATIENCE));
        this.projections = insight.progress().map(question -> new Look<>(question, PATIENCE));
        this.views = insight.views()
                .map(question -> new Look<>(
                        () -> new Seen(
                                question.progress().get(), question.paused().get()),
                        PATIENCE));
    }

    /** The roles of the node. */
    public Set<Role> roles() {
        return roles;
    }

    /** What can be seen now. */
    public Sight look() {
        Stream.of(appends, projections, views).flatMap(Optional::stream).forEach(Look::begin);
        Map<Role, String> troubles = new EnumMap<>(Role.class);
        Optional<Optional<OpenAppend>> oldest = answer(Role.WRITE, appends, troubles);
        Optional<Map<String, ProjectionProgress>> progress = answer(Role.PROJECT, projections, troubles);
        Optional<Seen> seen = answer(Role.READ, views, troubles);
        troubles.keySet().retainAll(roles);
        return new Sight(
                troubles,
                progress.orElse(Map.of()),
                seen.map(Seen::progress).orElse(Map.of()),
                seen.map(Seen::paused).orElse(Set.of()),
                oldest.isPresent(),
                oldest.flatMap(found -> found));
    }

    private static <T> Optional<T> answer(Role role, Optional<Look<T>> look, Map<Role, String> troubles) {
        if (look.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(look.get().await());
        } catch (NoAnswerException e) {
            troubles.put(role, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
