package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Failure;
import dev.diptych.core.projection.ProjectionRunner.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says whether a node is to be sent requests: its store answers each of its roles, none of its projections has failed, and
 * since its start it has caught up once. From then on, being behind does not take it out of service any more: all nodes are
 * behind then, and one fewer makes it worse. A projection that somebody has paused was meant to stay behind. Safe for use by many
 * threads.
 */
final class Readiness {

    /** How many positions a node may be behind to be ready for the first time. */
    static final long FAR_BEHIND = 1_000;

    private final List<ProjectionRunner> runners;
    private volatile boolean caughtUp;

    /**
     * The readiness of a node.
     *
     * @param runners the projections that it runs
     */
    Readiness(List<ProjectionRunner> runners) {
        this.runners = List.copyOf(runners);
    }

    /** Everything that matters, by what was seen of the store. */
    List<Check> checks(Set<Role> roles, Sight sight) {
        List<Check> checks = new ArrayList<>();
        roles.stream().sorted().forEach(role -> checks.add(store(role, sight)));
        runners.forEach(runner -> checks.add(projection(runner)));
        checks.add(caughtUp(sight));
        return checks;
    }

    private static Check store(Role role, Sight sight) {
        String name = "store-" + role;
        return sight.troubles().containsKey(role)
                ? Check.failed(
                        name,
                        "The store does not serve the role " + role + ": "
                                + sight.troubles().get(role))
                : Check.ok(name);
    }

    /** What exactly went wrong may quote an event, so it is told to those who may see {@code /projections}. */
    private static Check projection(ProjectionRunner runner) {
        String name = "projection-" + runner.name();
        return switch (runner.state()) {
            case FAILED ->
                Check.failed(
                        name,
                        "Projection " + runner.name() + " has failed"
                                + runner.failure().map(Readiness::place).orElse("") + ".");
            case STOPPED -> Check.failed(name, "Projection " + runner.name() + " is not running.");
            case RUNNING, STANDBY, PAUSED -> Check.ok(name);
        };
    }

    private static String place(Failure failure) {
        return failure.event()
                .map(event -> " at position " + event.position() + ", event " + event.type())
                .orElse("");
    }

    private Check caughtUp(Sight sight) {
        if (!caughtUp && sight.troubles().isEmpty()) {
            Map<String, Long> behind = behind(sight);
            if (!behind.isEmpty()) {
                return Check.failed("caught-up", "Still far behind after the start, in positions: " + behind + ".");
            }
            caughtUp = true;
        }
        return caughtUp
                ? Check.ok("caught-up")
                : Check.failed("caught-up", "It cannot be seen how far the projections are.");
    }

    /** Which projections are too far behind, and by how much. */
    private Map<String, Long> behind(Sight sight) {
        Map<String, Long> lags = new HashMap<>();
        Stream.of(sight.views(), sight.projections())
                .flatMap(seen -> seen.entrySet().stream())
                .forEach(each -> each.getValue().lag().ifPresent(lag -> lags.put(each.getKey(), lag)));
        lags.keySet().removeAll(sight.paused());
        lags.keySet().removeAll(pausedHere());
        lags.values().removeIf(lag -> lag <= FAR_BEHIND);
        return new TreeMap<>(lags);
    }

    private Set<String> pausedHere() {
        return runners.stream()
                .filter(runner -> runner.state() == State.PAUSED)
                .map(ProjectionRunner::name)
                .collect(Collectors.toSet());
    }
}
