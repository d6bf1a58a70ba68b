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
import dev.diptych.core.projection.ProjectionRunner;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The routes that show events, streams and what happens, and interfere with it: they slow projections down, let one
 * lose a batch, and hold an append open. They are for learning; applications must not depend on them. Thread-safe.
 */
public final class LabRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final EventStore events;
    private final Replay replay;
    private final Controls controls;

    /**
     * What the lab changes, apart from events.
     *
     * @param readModels the read models that can be slowed down, and lose a batch
     * @param runners the projections of this node
     * @param held the append that can be held open
     * @param feed the feed, which shows the changes
     */
    public record Controls(
            List<LabReadModel> readModels, List<ProjectionRunner> runners, HeldAppend held, LabFeed feed) {}

    /**
     * Creates the routes.
     *
     * @param events the store whose events are shown
     * @param replay computes the states of aggregates
     */
    public LabRoutes(EventStore events, Replay replay, Controls controls) {
        this.events = events;
        this.replay = replay;
        this.controls = controls;
    }

    /** Adds the routes; those that open an append to a group of their own. */
    public void add(Routes.Group routes, Routes.Group ofWriters) {
        routes.get("/lab/events", this::events);
        routes.get("/lab/streams/{stream}", this::stream);
        routes.follow("/lab/feed", controls.feed()::serve);
        routes.post("/lab/projections/{name}/slow", this::slow);
        routes.post("/lab/projections/{name}/crash", this::crash);
        routes.post("/lab/start-over", this::startOver);
        ofWriters.post("/lab/appends/hold", this::hold);
        ofWriters.post("/lab/appends/release", this::release);
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
        static DelayResponse of(LabReadModel model) {
            return new DelayResponse(model.projection(), model.pause().toMillis());
        }
    }

    private void slow(Context ctx) {
        new Parameters(ctx).check();
        LabReadModel model = readModel(ctx);
        Fields body = Body.required(ctx);
        int delay = body.integer("delay_ms", 0, (int) LabReadModel.MAX_PAUSE.toMillis());
        body.check();
        model.slow(Duration.ofMillis(delay));
        answer(ctx, DelayResponse.of(model));
    }

    private void crash(Context ctx) {
        new Parameters(ctx).check();
        LabReadModel model = readModel(ctx);
        Body.optional(ctx).check();
        model.crash(true);
        answer(ctx, Map.of("name", model.projection(), "crashes", true));
    }

    private LabReadModel readModel(Context ctx) {
        String name = ctx.pathParam("name");
        return controls.readModels().stream()
                .filter(each -> each.projection().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no projection " + name + ". GET /projections lists all projections.")
                        .asException());
    }

    private void hold(Context ctx) {
        new Parameters(ctx).check();
        Fields body = Body.required(ctx);
        int seconds = body.integer("seconds", 1, (int) HeldAppend.LONGEST.toSeconds());
        body.check();
        controls.held().hold(Duration.ofSeconds(seconds));
        answer(ctx, Map.of("held", true, "seconds", seconds));
    }

    private void release(Context ctx) {
        new Parameters(ctx).check();
        Body.optional(ctx).check();
        controls.held().release();
        answer(ctx, Map.of("held", false));
    }

    /** Restores how projections run. Events, and rows that reflect them, stay. */
    private void startOver(Context ctx) {
        new Parameters(ctx).check();
        Body.optional(ctx).check();
        controls.held().release();
        controls.readModels().forEach(model -> {
            model.crash(false);
            model.slow(Duration.ZERO);
        });
        controls.runners().forEach(runner -> {
            runner.cancelRebuild();
            runner.resume();
        });
        answer(ctx, Map.of("held", false));
    }

    private void answer(Context ctx, Object body) {
        controls.feed().wake();
        Json.write(ctx, 202, body);
    }
}
