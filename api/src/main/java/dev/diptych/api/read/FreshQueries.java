package dev.diptych.api.read;

import dev.diptych.api.http.input.Headers;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.input.Preferences;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.Query;
import dev.diptych.core.query.QueryBus;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Runs queries. When the client states the consistency token of a write, a query is repeated until its answer reflects
 * that write. Each answer contains its own checkpoint, so this is correct even if several replicas answer in turn.
 * Thread-safe.
 */
final class FreshQueries {

    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration MAX_PAUSE = Duration.ofMillis(100);

    private final QueryBus queries;
    private final CheckpointWatch watch;
    private final ReadRoutes.Waits waits;

    FreshQueries(QueryBus queries, CheckpointWatch watch, ReadRoutes.Waits waits) {
        this.queries = queries;
        this.watch = watch;
        this.waits = waits;
    }

    /**
     * Validates the parameters, runs the query until its answer reflects the write that the client states, and sets the
     * headers with the answer's checkpoint and history.
     *
     * @throws ProblemException 400 for an invalid parameter or token, 410 for a token of a history that has ended, 503
     *     when the write does not become visible in time
     */
    <A> Answer<A> ask(Context ctx, Parameters parameters, Query<A> query) {
        return askIn(Optional.empty(), ctx, parameters, query);
    }

    /**
     * Does the same as {@link #ask}, and requires an answer of the cursor's history.
     *
     * @param history the history of the cursor, if the client states one
     * @throws ProblemException as {@link #ask}; 410 also for a cursor of a history that has ended or is unknown
     */
    <A> Answer<A> askIn(Optional<String> history, Context ctx, Parameters parameters, Query<A> query) {
        List<Required> required = Stream.concat(
                        required(ctx, parameters).stream(),
                        history.map(each -> new Required(Parameters.CURSOR, new Place(each, 0))).stream())
                .toList();
        parameters.check();
        Answer<A> answer = queries.ask(query);
        if (!required.isEmpty()) {
            answer = await(ctx, required, query, answer);
        }
        state(ctx, answer.upTo());
        return answer;
    }

    /**
     * A place that the answer must reach.
     *
     * @param name the header or parameter that states the place
     */
    private record Required(String name, Place place) {
        boolean isCursor() {
            return name.equals(Parameters.CURSOR);
        }

        ProblemException invalid(String why) {
            return name.equals(Places.TOKEN_HEADER) ? Headers.invalid(name, why) : Parameters.invalid(name, why);
        }
    }

    private static Optional<Required> required(Context ctx, Parameters parameters) {
        Optional<String> header = Headers.one(ctx, Places.TOKEN_HEADER);
        Optional<String> parameter = parameters.token();
        if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
            parameters.fault(Places.TOKEN_PARAMETER, "differs from the header " + Places.TOKEN_HEADER);
        }
        String name = header.isPresent() ? Places.TOKEN_HEADER : Places.TOKEN_PARAMETER;
        return header.or(() -> parameter).flatMap(token -> required(name, token, parameters));
    }

    private static Optional<Required> required(String name, String token, Parameters parameters) {
        Optional<Required> required = Places.inToken(token).map(place -> new Required(name, place));
        if (required.isEmpty()) {
            String fault = "must be a " + Places.TOKEN_HEADER + " of a response, unchanged";
            if (name.equals(Places.TOKEN_HEADER)) {
                throw Headers.invalid(name, fault);
            }
            parameters.fault(name, fault);
        }
        return required;
    }

    private <A> Answer<A> await(Context ctx, List<Required> required, Query<A> query, Answer<A> first) {
        var preferences = new Preferences(ctx);
        Optional<Duration> wait = preferences.waiting(MAX_WAIT);
        long began = System.nanoTime();
        long deadline = began + wait.orElse(DEFAULT_WAIT).toNanos();
        long pause = 0;
        Answer<A> answer = first;
        Optional<Required> missing = missing(required, answer);
        boolean waits = missing.isPresent();
        while (missing.isPresent() && mayBecomeVisible(missing.get(), answer.upTo(), deadline)) {
            LockSupport.parkNanos(pause); // the watch may read one replica, and the query another that is behind
            pause = Math.min(2 * pause + 1_000_000, MAX_PAUSE.toNanos());
            var left = Duration.ofNanos(deadline - System.nanoTime());
            watch.await(query.projection(), missing.get().place().position(), left);
            answer = queries.ask(query);
            missing = missing(required, answer);
        }
        if (waits) {
            this.waits.ended(query.projection(), missing.isEmpty(), Duration.ofNanos(System.nanoTime() - began));
        }
        wait.ifPresent(granted -> preferences.applied("wait=" + granted.toSeconds()));
        if (missing.isPresent()) {
            staleOr503(ctx, preferences, missing.get(), answer.upTo());
        }
        return answer;
    }

    private static Optional<Required> missing(List<Required> required, Answer<?> answer) {
        return required.stream()
                .filter(each -> !answer.upTo().reaches(each.place()))
                .findFirst();
    }

    /**
     * Returns whether to wait further: before the deadline, and while neither the watch is closed nor the thread is
     * interrupted.
     *
     * @throws ProblemException when the place can never be reached, because its history has ended or is unknown
     */
    private boolean mayBecomeVisible(Required required, Place seen, long deadline) {
        if (!required.place().history().equals(seen.history())) {
            requireReachable(required);
        }
        return deadline - System.nanoTime() > 0
                && !watch.isClosed()
                && !Thread.currentThread().isInterrupted();
    }

    private void requireReachable(Required required) {
        switch (watch.statusOf(required.place().history())) {
            case PRESENT, NOT_HERE_YET -> {}
            case SUPERSEDED -> throw superseded(required);
            case UNKNOWN ->
                throw required.isCursor()
                        ? superseded(required)
                        : required.invalid(
                                "is a token of another store, or of a history that this store does not know");
        }
    }

    private static ProblemException superseded(Required required) {
        return Problem.of(
                        ProblemType.SUPERSEDED_HISTORY,
                        (required.isCursor() ? "The cursor" : "The token of the write")
                                + " was issued before a fail-over or a restore, which may have lost the last"
                                + " writes. Read"
                                + " without it, and check whether your writes exist.")
                .asException();
    }

    private static void staleOr503(Context ctx, Preferences preferences, Required missing, Place seen) {
        if (preferences.has("stale-ok") && !missing.isCursor()) {
            preferences.applied("stale-ok");
            return;
        }
        Place required = missing.place();
        state(ctx, seen);
        ctx.header("Retry-After", "1");
        Problem problem = Problem.of(
                        ProblemType.NOT_YET_VISIBLE,
                        "The write of the consistency token is not visible here yet. Send the request again, wait"
                                + " longer with Prefer: wait=" + MAX_WAIT.toSeconds()
                                + ", or accept an older state with Prefer: stale-ok.")
                .with("position", seen.position());
        throw (required.history().equals(seen.history())
                        ? problem.with("behind", required.position() - seen.position())
                        : problem)
                .asException();
    }

    /** Sets the headers with the checkpoint and the history of an answer. */
    private static void state(Context ctx, Place upTo) {
        ctx.header("Projection-Position", String.valueOf(upTo.position()));
        ctx.header("Store-History", upTo.history());
    }
}
