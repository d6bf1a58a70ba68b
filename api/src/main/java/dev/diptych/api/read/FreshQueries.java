package dev.diptych.api.read;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.api.http.ConsistencyTokens.Reading;
import dev.diptych.api.http.Headers;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Preferences;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemException;
import dev.diptych.api.http.ProblemType;
import dev.diptych.core.bus.Query;
import dev.diptych.core.bus.QueryBus;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.projection.Checkpoints.Progress;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks queries, and waits first where a client has stated the token of a write that the answer must show: until the
 * projection that answers has reached it, in the database that the answer is read from. Every answer says how far that
 * projection was before its rows were read, so never more than they show. Safe for use by many threads.
 */
final class FreshQueries {

    private static final Duration STANDARD_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final QueryBus queries;
    private final CheckpointWatch watch;
    private final ConsistencyTokens tokens;

    FreshQueries(QueryBus queries, CheckpointWatch watch, ConsistencyTokens tokens) {
        this.queries = queries;
        this.watch = watch;
        this.tokens = tokens;
    }

    /**
     * Ends the reading of the parameters, waits if need be, and asks.
     *
     * @throws ProblemException 400 for a parameter or token that is not valid, 503 when the write cannot be seen in time
     */
    <A> A ask(Context ctx, Parameters parameters, Query<A> query) {
        state(ctx, waitFor(ctx, parameters, query.projection()).of(query.projection()));
        return queries.ask(query);
    }

    /**
     * Ends the reading of the parameters, and waits if need be.
     *
     * @return how far the projections are then
     * @throws ProblemException 400 for a parameter or token that is not valid, 503 when the write cannot be seen in time
     */
    Progress waitFor(Context ctx, Parameters parameters, String projection) {
        Optional<Wanted> wanted = wanted(ctx, parameters);
        parameters.check();
        Progress now = watch.look();
        if (wanted.isPresent()) {
            now = await(ctx, wanted.get(), projection, now);
        }
        return now;
    }

    /**
     * A position that the answer must show.
     *
     * @param name the header or parameter that states it
     */
    private record Wanted(String name, long position) {
        ProblemException refused(String why) {
            return name.equals(ConsistencyTokens.HEADER) ? Headers.invalid(name, why) : Parameters.invalid(name, why);
        }
    }

    private Optional<Wanted> wanted(Context ctx, Parameters parameters) {
        Optional<String> header = Headers.one(ctx, ConsistencyTokens.HEADER);
        Optional<String> parameter = parameters.token();
        if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
            parameters.fault(ConsistencyTokens.PARAMETER, "differs from the header " + ConsistencyTokens.HEADER);
        }
        String name = header.isPresent() ? ConsistencyTokens.HEADER : ConsistencyTokens.PARAMETER;
        return header.or(() -> parameter).map(token -> wanted(name, token, parameters));
    }

    private Wanted wanted(String name, String token, Parameters parameters) {
        Reading reading = tokens.read(token);
        reading.fault().ifPresent(fault -> {
            if (name.equals(ConsistencyTokens.HEADER)) {
                throw Headers.invalid(name, fault);
            }
            parameters.fault(name, fault);
        });
        return new Wanted(name, reading.position());
    }

    private Progress await(Context ctx, Wanted wanted, String projection, Progress now) {
        var preferences = new Preferences(ctx);
        Optional<Duration> wait = preferences.waiting(LONGEST_WAIT);
        boolean shown = now.of(projection) >= wanted.position();
        if (!shown && now.head().isPresent() && now.head().getAsLong() < wanted.position()) {
            throw wanted.refused("is ahead of everything that has been written");
        }
        wait.ifPresent(granted -> preferences.applied("wait=" + granted.toSeconds()));
        if (shown) {
            return now;
        }
        Progress then = watch.await(projection, wanted.position(), wait.orElse(STANDARD_WAIT));
        if (then.of(projection) < wanted.position()) {
            staleOr503(ctx, preferences, wanted.position(), then.of(projection));
        }
        return then;
    }

    private static void staleOr503(Context ctx, Preferences preferences, long wanted, long position) {
        if (preferences.has("stale-ok")) {
            preferences.applied("stale-ok");
            return;
        }
        state(ctx, position);
        ctx.header("Retry-After", "1");
        throw Problem.of(
                        ProblemType.NOT_YET_VISIBLE,
                        "What is asked for has been written, but cannot be seen here yet. Ask again, or wait longer with"
                                + " Prefer: wait=" + LONGEST_WAIT.toSeconds()
                                + ", or take what is there with Prefer: stale-ok.")
                .with("behind", wanted - position)
                .with("position", position)
                .asException();
    }

    /** Says how far the projection was before the answer was read. */
    static void state(Context ctx, long position) {
        ctx.header("Projection-Position", String.valueOf(position));
    }
}
