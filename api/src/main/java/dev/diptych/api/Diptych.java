package dev.diptych.api;

import dev.diptych.api.http.Access;
import dev.diptych.api.http.EventStreams;
import dev.diptych.api.http.HttpServer;
import dev.diptych.api.http.Listening;
import dev.diptych.api.http.ProblemKind;
import dev.diptych.api.http.ProblemRoutes;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.http.Role;
import dev.diptych.api.http.Route;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import dev.diptych.api.lab.LabRoutes;
import dev.diptych.api.metrics.Metric;
import dev.diptych.api.metrics.Metrics;
import dev.diptych.api.metrics.Scrape;
import dev.diptych.api.openapi.OpenApiRoutes;
import dev.diptych.api.ops.Lookout;
import dev.diptych.api.ops.OperationsRoutes;
import dev.diptych.api.page.PageRoutes;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.api.write.RuleProblems;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The composition root: everything is put together here, each part where the store brings along what it needs. Starts with
 * {@link #start}, ends with {@link #close}. Safe for use by many threads.
 */
final class Diptych implements AutoCloseable {

    private final Store store;
    private final Optional<WriteSide> write;
    private final Optional<ReadSide> read;
    private final Optional<ProjectSide> project;
    private final Optional<LabSide> lab;
    private final boolean withLab;
    private final Metrics metrics = new Metrics();
    private final Lookout lookout;
    private final Scrape scrape;
    private final HttpServer server;

    private Diptych(Store store, Listening listening, boolean withLab, EventStreams.Limits streams) {
        this.store = store;
        EventCodec codec = StoredEvents.codec();

        // The write side: commands -> aggregates -> events.
        this.write = store.write().map(part -> new WriteSide(part, codec, metrics));

        // The read side: queries -> read models.
        this.read = store.read().map(part -> new ReadSide(part, streams, metrics));

        // From one side to the other: events -> projections -> read models; and who waits for these here is told.
        // A lab between them lets people look, and slow it down.
        this.withLab = withLab;
        this.lab = store.project().filter(part -> withLab).map(part -> new LabSide(part, codec));
        this.project = lab.map(LabSide::slowed)
                .or(store::project)
                .map(part -> new ProjectSide(part, codec, this::moved, metrics));

        // For those who run it all.
        this.lookout = new Lookout(store.roles(), store.insight());
        this.scrape = scrape();

        this.server = HttpServer.start(listening, this::addRoutes, this::answered);
        write.ifPresent(WriteSide::start);
        read.ifPresent(ReadSide::start);
        project.ifPresent(ProjectSide::start);
    }

    /** A node knows the routes of every side, also of those that other nodes serve. */
    private void addRoutes(Routes routes) {
        WriteRoutes.add(routes.of(Side.WRITE, Role.WRITE, write.map(WriteSide::routes)));
        ReadRoutes.add(routes.of(Side.READ, Role.READ, read.map(ReadSide::routes)));
        new OperationsRoutes(runners(), store.insight(), lookout, scrape::text).add(routes);
        new ProblemRoutes(problemKinds()).add(routes);
        new OpenApiRoutes().add(routes);
        new PageRoutes().add(routes);
        if (withLab) {
            LabRoutes.add(routes.of(Side.OPERATIONS, Role.PROJECT, lab.map(LabSide::routes)));
        }
    }

    /**
     * Starts everything on a store, which it closes at its end; for this machine.
     *
     * @param host a name or an address that only this machine can reach
     * @param port the port to listen on, 0 for any free one
     */
    static Diptych start(Store store, String host, int port) {
        return start(store, new Listening(host, port, Listening.IDLE, Access.forThisMachine(Map.of(), host)));
    }

    /** Starts everything on a store, which it closes at its end. */
    static Diptych start(Store store, Listening listening) {
        return start(store, listening, false);
    }

    /**
     * Starts everything on a store, which it closes at its end.
     *
     * @param withLab whether the insides can be looked at, and projections slowed down
     */
    static Diptych start(Store store, Listening listening, boolean withLab) {
        return start(store, listening, withLab, EventStreams.Limits.DEFAULT);
    }

    /**
     * Starts everything on a store, which it closes at its end.
     *
     * @param streams what is allowed to streams of events
     */
    static Diptych start(Store store, Listening listening, boolean withLab, EventStreams.Limits streams) {
        try {
            return new Diptych(store, listening, withLab, streams);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Every kind of problem that any route can answer with. */
    static List<ProblemKind> problemKinds() {
        return Stream.concat(Arrays.stream(ProblemType.values()).map(ProblemType::kind), RuleProblems.KINDS.stream())
                .toList();
    }

    private Scrape scrape() {
        var all = new Scrape(metrics, lookout);
        runners().forEach(all::projection);
        store.read().ifPresent(part -> all.views(part.contexts().projections()));
        all.pools(store.insight().pools());
        if (!store.insight().pools().isEmpty() && store.insight().appends().isPresent()) {
            all.oldestAppend();
        }
        return all;
    }

    private void answered(String method, String route, int status, Duration took) {
        metrics.time(Metric.REQUEST_DURATION, took, method, route, String.valueOf(status));
    }

    private void moved() {
        read.ifPresent(side -> side.watch().moved());
    }

    int port() {
        return server.port();
    }

    /** Every route of the server. */
    List<Route> routes() {
        return server.routes();
    }

    /**
     * Where commands go.
     *
     * @throws java.util.NoSuchElementException on a node that takes none
     */
    CommandBus commands() {
        return write.orElseThrow().commands();
    }

    Store store() {
        return store;
    }

    List<ProjectionRunner> runners() {
        return project.map(ProjectSide::runners).orElse(List.of());
    }

    /** How many requests wait for a projection at this moment. */
    int waiting() {
        return read.map(side -> side.watch().waiting()).orElse(0);
    }

    /** How many streams of events are open at this moment. */
    int streams() {
        return read.map(ReadSide::streams).orElse(0);
    }

    /** How far each projection is, by its name; nothing on a node that runs none. */
    Map<String, ProjectionProgress> progress() {
        return store.insight().progress().map(Supplier::get).orElse(Map.of());
    }

    /** Takes no more, ends the streams, lets those go who wait, then finishes the running requests, the batches, the store. */
    @Override
    public void close() {
        InTurn.run(List.of(
                server::stopListening,
                () -> read.ifPresent(ReadSide::close),
                server::close,
                () -> write.ifPresent(WriteSide::close),
                () -> lab.ifPresent(LabSide::close),
                () -> project.ifPresent(ProjectSide::close),
                store::close,
                metrics::close));
    }
}
