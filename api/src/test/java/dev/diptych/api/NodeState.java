package dev.diptych.api;

import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.api.http.server.Route;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.query.ProjectionProgress;
import java.util.List;
import java.util.Map;

/** Gives tests of all packages the package-private state of a running node. */
public final class NodeState {

    private NodeState() {}

    public static List<ProblemKind> problemKinds() {
        return Diptych.problemKinds();
    }

    public static List<Route> routes(Diptych node) {
        return node.routes();
    }

    public static List<ProjectionRunner> runners(Diptych node) {
        return node.runners();
    }

    public static Map<String, ProjectionProgress> progress(Diptych node) {
        return node.progress();
    }

    /** The number of requests that wait for a projection. */
    public static int waiting(Diptych node) {
        return node.waiting();
    }

    /** The number of open streams of events. */
    public static int streams(Diptych node) {
        return node.streams();
    }
}
