package dev.diptych.api.lab;

import dev.diptych.api.http.Body;
import dev.diptych.api.http.Fields;
import dev.diptych.api.http.Json;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Routes;
import dev.diptych.core.eventstore.EventPage;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.Text;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The routes that show events and streams, and slow projections down: for people who want to understand, and never a
 * source of anything else. Safe for use by many threads.
 */
public final class LabRoutes {

    private static final int STANDARD_LIMIT = 50;
    private static final int MOST = 500;

    private final EventStore events;
    private final Replay replay;
    private final List<SlowedReadModel> readModels;

    /** Routes over a store; the replay folds its streams. */
    public LabRoutes(EventStore events, Replay replay, List<SlowedReadModel> readModels) {
        this.events = events;
        this.replay = replay;
        this.readModels = List.copyOf(readModels);
    }

    /** Adds the routes. */
    public static void add(Routes.Declared<LabRoutes> routes) {
        routes.get("/lab/events", LabRoutes::events);
        routes.get("/lab/streams/{stream}", LabRoutes::stream);
        routes.get("/lab/projections", LabRoutes::projections);
        routes.post("/lab/projections/{name}/slow", LabRoutes::slow);
    }

    /** The order of all events, as a projection reads it: up to the horizon. */
    private void events(Context ctx) {
        var parameters = new Parameters(ctx);
        long after = parameters.position("after").orElse(0L);
        int limit = parameters.limit(STANDARD_LIMIT, MOST);
        parameters.check();
        EventPage page = events.readAll(after, limit);
        List<LabEvent> items =
                page.events().stream().map(event -> LabEvent.of(event, null)).toList();
        long through = items.isEmpty() ? after : items.getLast().position();
        Json.write(ctx, 200, new LabPage(items, through, events.head()));
    }

    private record LabPage(List<LabEvent> items, long through, long head) {}

    /** A stream from its beginning, with the state after each event. */
    private void stream(Context ctx) {
        new Parameters(ctx).check();
        String name = ctx.pathParam("stream");
        List<RecordedEvent> stream = Text.length(name) > StreamName.MAX_LENGTH
                ? List.of()
                : events.readStream(new StreamName(name), 0, MOST + 1).events();
        if (stream.isEmpty()) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no stream " + name + ".")
                    .asException();
        }
        boolean more = stream.size() > MOST;
        List<RecordedEvent> shown = more ? stream.subList(0, MOST) : stream;
        Json.write(ctx, 200, Map.of("stream", name, "items", withStates(shown), "more", more));
    }

    private List<LabEvent> withStates(List<RecordedEvent> stream) {
        List<Object> states = replay.states(stream.getFirst().stream(), stream);
        return IntStream.range(0, stream.size())
                .mapToObj(i -> LabEvent.of(stream.get(i), i < states.size() ? states.get(i) : null))
                .toList();
    }

    private record Slowness(String name, long delayMs) {
        static Slowness of(SlowedReadModel model) {
            return new Slowness(model.projection(), model.pause().toMillis());
        }
    }

    private void projections(Context ctx) {
        new Parameters(ctx).check();
        Json.write(
                ctx, 200, Map.of("items", readModels.stream().map(Slowness::of).toList()));
    }

    private void slow(Context ctx) {
        new Parameters(ctx).check();
        String name = ctx.pathParam("name");
        SlowedReadModel model = readModels.stream()
                .filter(each -> each.projection().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no projection " + name + ". GET /lab/projections lists them all.")
                        .asException());
        Fields body = Body.required(ctx);
        int delay = body.integer("delay_ms", 0, (int) SlowedReadModel.LONGEST_PAUSE.toMillis());
        body.check();
        model.slow(Duration.ofMillis(delay));
        Json.write(ctx, 202, Slowness.of(model));
    }
}
