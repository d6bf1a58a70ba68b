package dev.diptych.api.operations;

import dev.diptych.api.Role;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Failure;
import dev.diptych.core.projection.ProjectionRunner.PoisonedEvent;
import dev.diptych.core.projection.ProjectionRunner.State;
import dev.diptych.core.query.Checkpoints.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether a node is ready for requests: the store answers for each of the node's roles, no projection has
 * failed for a reason specific to this node, and the node has caught up once since its start. A node that falls behind
 * later stays ready, because then all nodes are behind; unless it reads from a standby, and a limit is set for that
 * standby's lag. Projections that are paused, cannot apply an event, or have rows of another version of the fold do not
 * affect readiness, nor does the lag of a to-do list. Thread-safe.
 */
final class Readiness {

    /** The maximum number of positions that a node may be behind to become ready. */
    static final long FAR_BEHIND = 1_000;

    private final List<ProjectionRunner> runners;
    private final Optional<Duration> maxReplicaLag;
    private final Set<String> lists;
    private volatile boolean caughtUp;

    /**
     * Creates the checks of a node.
     *
     * @param runners the projections of the node
     * @param maxReplicaLag the lag of a standby beyond which a node that reads it is not ready; empty for no limit
     * @param lists the projections of to-do lists
     */
    Readiness(List<ProjectionRunner> runners, Optional<Duration> maxReplicaLag, Set<String> lists) {
        this.runners = List.copyOf(runners);
        this.lists = lists;
        this.maxReplicaLag = maxReplicaLag;
    }

    /** Returns the results of all checks for a status of the store. */
    List<Check> checks(Set<Role> roles, StoreStatus status) {
        List<Check> checks = new ArrayList<>();
        roles.stream().sorted().forEach(role -> checks.add(store(role, status)));
        runners.forEach(runner -> checks.add(projection(runner)));
        checks.add(caughtUp(status));
        status.replica().ifPresent(standby -> checks.add(replica(standby)));
        return checks;
    }

    /** Passes if the lag is unknown: no projection runs, so that the views would be no fresher on another server. */
    private Check replica(Replica standby) {
        Optional<Duration> tooLong = standby.lag()
                .filter(lag ->
                        maxReplicaLag.filter(max -> lag.compareTo(max) > 0).isPresent());
        return tooLong.map(lag -> Check.failed(
                        "replica",
                        "The newest lease renewal on this standby is " + lag.toSeconds() + " seconds old; the limit is "
                                + maxReplicaLag.orElseThrow().toSeconds() + "."))
                .orElse(Check.ok("replica"));
    }

    private static Check store(Role role, StoreStatus status) {
        String name = "store-" + role;
        return status.errors().containsKey(role)
                ? Check.failed(
                        name,
                        "The store does not serve the role " + role + ": "
                                + status.errors().get(role))
                : Check.ok(name);
    }

    /** Omits the error message, which may quote an event; {@code /projections} shows it. */
    private static Check projection(ProjectionRunner runner) {
        String name = "projection-" + runner.name();
        return switch (runner.state()) {
            case FAILED ->
                runner.failure()
                        .flatMap(Failure::event)
                        .map(event -> new Check(name, true, stopped(runner, event)))
                        .orElseGet(() -> Check.failed(name, "Projection " + runner.name() + " has failed."));
            case STOPPED -> Check.failed(name, "Projection " + runner.name() + " is not running.");
            case RUNNING, STANDBY, PAUSED, OTHER_VERSION -> Check.ok(name);
        };
    }

    /** The check passes, because the event stops the projection on every node. */
    private static String stopped(ProjectionRunner runner, PoisonedEvent event) {
        return "Projection " + runner.name() + " has stopped at position " + event.position() + ", event "
                + event.type() + ". Its view is out of date; everything else continues.";
    }

    private Check caughtUp(StoreStatus status) {
        if (!caughtUp && status.errors().isEmpty()) {
            Map<String, Long> behind = behind(status);
            if (!behind.isEmpty()) {
                return Check.failed(
                        "caught-up",
                        "Projections have not caught up since the start; lag in positions: " + behind + ".");
            }
            caughtUp = true;
        }
        return caughtUp
                ? Check.ok("caught-up")
                : Check.failed("caught-up", "The progress of the projections is unknown.");
    }

    /** Returns the projections that are too far behind, with their lag in positions. */
    private Map<String, Long> behind(StoreStatus status) {
        Map<String, Long> lags = new HashMap<>();
        Stream.of(status.views(), status.projections())
                .flatMap(seen -> seen.entrySet().stream())
                .forEach(each -> each.getValue().lag().ifPresent(lag -> lags.put(each.getKey(), lag)));
        lags.keySet().removeAll(status.paused());
        lags.keySet().removeAll(stoppedHere());
        lags.keySet().removeAll(lists); // no query is answered by them
        lags.values().removeIf(lag -> lag <= FAR_BEHIND);
        return new TreeMap<>(lags);
    }

    /** Returns the projections that are paused, cannot apply an event, or have rows of another version. */
    private Set<String> stoppedHere() {
        return runners.stream()
                .filter(runner -> runner.state() == State.PAUSED
                        || runner.state() == State.OTHER_VERSION
                        || runner.failure().flatMap(Failure::event).isPresent())
                .map(ProjectionRunner::name)
                .collect(Collectors.toSet());
    }
}
