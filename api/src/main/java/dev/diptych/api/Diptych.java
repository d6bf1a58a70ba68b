package dev.diptych.api;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.api.http.HttpServer;
import dev.diptych.api.http.ProblemKind;
import dev.diptych.api.http.ProblemRoutes;
import dev.diptych.api.http.ProblemType;
import dev.diptych.api.ops.OperationsRoutes;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.api.write.RuleProblems;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.bus.DirectCommandBus;
import dev.diptych.core.bus.DirectQueryBus;
import dev.diptych.core.bus.QueryBus;
import dev.diptych.core.bus.RetryingCommandBus;
import dev.diptych.core.customers.read.CustomerQueries;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.orders.read.OrderQueries;
import dev.diptych.core.orders.write.OrderCommands;
import dev.diptych.core.projection.AnnouncedReadModel;
import dev.diptych.core.projection.CheckpointWatch;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionStatus;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.subscriptions.read.SubscriptionQueries;
import dev.diptych.core.subscriptions.write.SubscriptionCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The composition root: everything is put together here, and can be read from top to bottom. Starts with
 * {@link #start}, ends with {@link #close}. Safe for use by many threads.
 */
final class Diptych implements AutoCloseable {

    private static final int ATTEMPTS = 10;
    private static final Duration COMMAND_IDS_KEPT = Duration.ofDays(7);
    private static final Duration COMMAND_IDS_PRUNED_EVERY = Duration.ofMinutes(5);

    private final Store store;
    private final CommandBus commands;
    private final List<ProjectionRunner> runners;
    private final CheckpointWatch watch;
    private final Forgetting forgetting;
    private final HttpServer server;

    private Diptych(Store store, String host, int port, Duration idle) {
        this.store = store;
        EventCodec codec = StoredEvents.codec();

        // The write side: commands -> aggregates -> events.
        var handlers = DirectCommandBus.builder();
        OrderCommands.register(handlers, store.events(), codec);
        SubscriptionCommands.register(handlers, store.events(), codec);
        this.commands = new RetryingCommandBus(handlers.build(), ATTEMPTS);

        // From one side to the other: events -> projections -> read models; and who waits for these is told.
        this.watch = new CheckpointWatch(store.checkpoints());
        this.runners = store.readModels().stream()
                .map(readModel -> runner(new AnnouncedReadModel(readModel, watch::moved), codec))
                .toList();

        // The read side: queries -> read models.
        var answers = DirectQueryBus.builder();
        OrderQueries.register(answers, store.orderSummaries(), store.orderList(), store.productSales());
        SubscriptionQueries.register(answers, store.subscriptionSummaries());
        CustomerQueries.register(answers, store.activeCustomers());
        QueryBus queries = answers.build();

        // Each side has routes of its own, which are given no more than its bus, and what tokens need.
        var write = new WriteRoutes(
                commands, clock(), new ConsistencyTokens(store.events().id()));
        var read = new ReadRoutes(
                queries, watch, new ConsistencyTokens(store.checkpoints().storeId()));
        var operations = new OperationsRoutes(runners, store.insight());
        var problems = new ProblemRoutes(problemKinds());
        this.server = HttpServer.start(host, port, idle, routes -> {
            write.add(routes);
            read.add(routes);
            operations.add(routes);
            problems.add(routes);
        });
        watch.start();
        runners.forEach(ProjectionRunner::start);
        this.forgetting = new Forgetting(store.events(), COMMAND_IDS_KEPT, COMMAND_IDS_PRUNED_EVERY);
    }

    /**
     * Starts everything on a store, which it closes at its end.
     *
     * @param port the port to listen on, 0 for any free one
     */
    static Diptych start(Store store, String host, int port) {
        return start(store, host, port, HttpServer.IDLE);
    }

    /**
     * Starts everything on a store, which it closes at its end.
     *
     * @param idle how long a connection may be silent while the server waits for a request or the rest of one
     */
    static Diptych start(Store store, String host, int port, Duration idle) {
        try {
            return new Diptych(store, host, port, idle);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private ProjectionRunner runner(ReadModelStore readModel, EventCodec codec) {
        return new ProjectionRunner(
                store.events(),
                codec,
                readModel,
                ProjectionRunner.Pace.DEFAULT,
                store.leases().apply(readModel.projection()));
    }

    /** Every kind of problem that any route can answer with. */
    static List<ProblemKind> problemKinds() {
        return Stream.concat(Arrays.stream(ProblemType.values()).map(ProblemType::kind), RuleProblems.KINDS.stream())
                .toList();
    }

    /** Times are kept to the microsecond: what every store can keep. */
    private static InstantSource clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    int port() {
        return server.port();
    }

    CommandBus commands() {
        return commands;
    }

    Store store() {
        return store;
    }

    List<ProjectionRunner> runners() {
        return runners;
    }

    /** How many requests wait for a projection at this moment. */
    int waiting() {
        return watch.waiting();
    }

    List<ProjectionStatus> projections() {
        return runners.stream().map(ProjectionRunner::status).toList();
    }

    /** Lets those go who wait, then finishes the running requests, then the running batches, then the store. */
    @Override
    public void close() {
        watch.close();
        server.close();
        forgetting.close();
        runners.parallelStream().forEach(ProjectionRunner::close);
        store.close();
    }
}
