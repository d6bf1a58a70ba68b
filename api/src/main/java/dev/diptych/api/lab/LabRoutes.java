package dev.diptych.api.lab;

import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Fields;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.Text;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The routes that show events and streams, and slow down projections. They are for learning; applications must not
 * depend on them. Thread-safe.
 */
public final class LabRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final EventStore events;
    private final Replay replay;
    private final List<SlowedReadModel> readModels;

    /**
     * Creates the routes.
     *
     * @param events the store whose events are shown
     * @param replay computes the states of aggregates
     * @param readModels the read models that can be slowed down
     */
    public LabRoutes(EventStore events, Replay replay, List<SlowedReadModel> readModels) {
        this.events = events;
        this.replay = replay;
        this.readModels = List.copyOf(readModels);
    }

    /** Adds the routes. */
    public void add(Routes.Group routes) {
        routes.get("/lab/events", this::events);
        routes.get("/lab/streams/{stream}", this::stream);
        routes.get("/lab/projections", this::projections);
        routes.post("/lab/projections/{name}/slow", this::slow);
    }

    /** Shows a page of all events, in the order in which projections read them. */
    private void events(Context ctx) {
        var parameters = new Parameters(ctx);
        long after = parameters.position("after").orElse(0L);
        int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
        parameters.check();
        EventPage page = events.readAll(after, limit);
        List<EventResponse> items = page.events().stream()
                .map(event -> EventResponse.of(event, null))
                .toList();
        long through = items.isEmpty() ? after : items.getLast().position();
        Json.write(ctx, 200, new EventPageResponse(page.history(), items, through, events.head()));
    }

    private record EventPageResponse(String history, List<EventResponse> items, long through, long head) {}

    /** Shows a stream from its first event, with the aggregate's state after each event. */
    private void stream(Context ctx) {
        new Parameters(ctx).check();
        String name = ctx.pathParam("stream");
        List<RecordedEvent> stream = Text.length(name) > StreamName.MAX_LENGTH
                ? List.of()
                : events.readStream(new StreamName(name), 0, MAX_LIMIT + 1).events();
        if (stream.isEmpty()) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no stream " + name + ".")
                    .asException();
        }
        boolean more = stream.size() > MAX_LIMIT;
        List<RecordedEvent> shown = more ? stream.subList(0, MAX_LIMIT) : stream;
        Json.write(ctx, 200, Map.of("stream", name, "items", withStates(shown), "more", more));
    }

    private List<EventResponse> withStates(List<RecordedEvent> stream) {
        List<Object> states = replay.states(stream.getFirst().stream(), stream);
        return IntStream.range(0, stream.size())
                .mapToObj(i -> EventResponse.of(stream.get(i), i < states.size() ? states.get(i) : null))
                .toList();
    }

    private record DelayResponse(String name, long delayMs) {
        static DelayResponse of(SlowedReadModel model) {
            return new DelayResponse(model.projection(), model.pause().toMillis());
        }
    }

    private void projections(Context ctx) {
        new Parameters(ctx).check();
        Json.write(
                ctx,
                200,
                Map.of("items", readModels.stream().map(DelayResponse::of).toList()));
    }

    private void slow(Context ctx) {
        new Parameters(ctx).check();
        String name = ctx.pathParam("name");
        SlowedReadModel model = readModels.stream()
                .filter(each -> each.projection().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no projection " + name + ". GET /lab/projections lists all projections.")
                        .asException());
        Fields body = Body.required(ctx);
        int delay = body.integer("delay_ms", 0, (int) SlowedReadModel.MAX_PAUSE.toMillis());
        body.check();
        model.slow(Duration.ofMillis(delay));
        Json.write(ctx, 202, DelayResponse.of(model));
    }
}
