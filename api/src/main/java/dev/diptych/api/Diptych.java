package dev.diptych.api;

import dev.diptych.api.addresses.AddressRoutes;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.http.server.HttpServer;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.http.server.ProblemRoutes;
import dev.diptych.api.http.server.Route;
import dev.diptych.api.http.server.Routes;
import dev.diptych.api.lab.HeldAppend;
import dev.diptych.api.lab.LabFeed;
import dev.diptych.api.lab.LabReadModel;
import dev.diptych.api.lab.LabRoutes;
import dev.diptych.api.lab.Replay;
import dev.diptych.api.metrics.MeteredEventStore;
import dev.diptych.api.metrics.MeteredReadModel;
import dev.diptych.api.metrics.Metrics;
import dev.diptych.api.metrics.NodeMetrics;
import dev.diptych.api.metrics.RequestMetrics;
import dev.diptych.api.openapi.OpenApiRoutes;
import dev.diptych.api.operations.OperationsRoutes;
import dev.diptych.api.operations.StoreProbe;
import dev.diptych.api.page.PageRoutes;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.api.write.Refusals;
import dev.diptych.api.write.RuleProblems;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.automation.ItemCommand;
import dev.diptych.core.automation.TodoList;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.orders.automation.UnpaidOrders;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.write.Order;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.NotifyingReadModel;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.core.renewals.RenewalOrders;
import dev.diptych.core.subscriptions.automation.DueRenewals;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.write.Subscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The composition root. The constructor reads from top to bottom: the write side, the read side, and the projections
 * that lead from one to the other; then what operators see, and the routes. A node that does not have a role has the
 * same parts, but does not start them, and answers their routes with 421. Thread-safe.
 */
public final class Diptych implements AutoCloseable {

    private static final int COMMAND_ATTEMPTS = 10;
    private static final Duration COMMAND_IDS_KEPT = Duration.ofDays(7);
    private static final Duration COMMAND_IDS_PRUNED_EVERY = Duration.ofMinutes(5);

    /** Times are truncated to microseconds, which every store can keep. */
    private static final InstantSource CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private final Store store;
    private final boolean withLab;
    private final Metrics metrics = new Metrics();
    private final CommandBus commands;
    private final CommandIdPruner pruner;
    private final CheckpointWatch watch;
    private final EventStreams streams;
    private final List<LabReadModel> labReadModels;
    private final List<ProjectionRunner> runners;
    private final List<AutomationWorker<?>> workers;
    private final WriteRoutes writeRoutes;
    private final ReadRoutes readRoutes;
    private final OperationsRoutes operationsRoutes;
    private final HeldAppend heldAppend;
    private final LabFeed labFeed;
    private final LabRoutes labRoutes;
    private final HttpServer server;

    private Diptych(Store store, Listening listening, boolean withLab, EventStreams.Limits limits) {
        this.store = store;
        this.withLab = withLab;
        JsonEventCodec codec = StoredEvents.codec();

        // The write side: a command reaches its handler, which loads an aggregate and appends the events it raises.
        EventStore events = new MeteredEventStore(store.events(), metrics);
        var handlers = DirectCommandBus.builder();
        OrderCommand.register(handlers, events, codec);
        SubscriptionCommand.register(handlers, events, codec);
        ItemCommand.register(handlers, events, codec);
        var requestMetrics = new RequestMetrics(metrics);
        var retrying = new RetryingCommandBus(handlers.build(), COMMAND_ATTEMPTS, requestMetrics);
        this.commands = new ObservedCommandBus(retrying, requestMetrics);
        this.pruner = new CommandIdPruner(store.events(), COMMAND_IDS_KEPT, COMMAND_IDS_PRUNED_EVERY);

        // The read side: a query reaches the view that answers it, and waits for the caller's own writes if asked to.
        var views = DirectQueryBus.builder();
        store.read().contexts().register(views);
        this.watch = new CheckpointWatch(store.read().checkpoints());
        this.streams = new EventStreams(limits);

        // From the write side to the read side: a projection applies events to the rows of its view.
        Store.Project project = store.project();
        List<ReadModelStore> readModels = store.has(Role.PROJECT) ? project.readModels() : List.of();
        this.labReadModels = withLab
                ? readModels.stream()
                        .map(rows -> new LabReadModel(rows, crash -> tell("crashed", crash)))
                        .toList()
                : List.of();
        var log = new LogReader(project.events(), codec);
        this.runners = (withLab ? labReadModels : readModels)
                .stream()
                        .map(rows -> new ProjectionRunner(
                                log,
                                new NotifyingReadModel(new MeteredReadModel(rows, metrics), this::checkpointMoved),
                                ProjectionRunner.Pace.DEFAULT,
                                project.leases().apply(rows)))
                        .toList();

        // When this happens, do that: a worker sends the commands of the due items of a to-do list.
        this.workers = store.has(Role.AUTOMATE)
                ? workers(
                        name -> new ObservedCommandBus(
                                retrying, requestMetrics, requestMetrics.ofAutomation(name), ObservedCommandBus::log),
                        events,
                        codec)
                : List.of();

        // For operators.
        var probe = new StoreProbe(
                Role.connections(store.roles()),
                store.oldestAppend(),
                project.progress(),
                store.read().checkpoints(),
                () -> workers.stream()
                        .collect(Collectors.toMap(
                                AutomationWorker::name, worker -> worker.list().count())));
        NodeMetrics nodeMetrics = nodeMetrics(probe);

        // The routes of each side are given its own bus, and not the other's.
        CommandBus logged = withLab
                ? new ObservedCommandBus(
                        retrying,
                        requestMetrics,
                        ObservedCommandBus::log,
                        new Refusals(CLOCK, refusal -> tell("refused", refusal)))
                : new ObservedCommandBus(retrying, requestMetrics, ObservedCommandBus::log);
        this.writeRoutes = new WriteRoutes(logged, CLOCK);
        this.readRoutes = new ReadRoutes(views.build(), watch, nodeMetrics::waited, streams);
        this.operationsRoutes = new OperationsRoutes(
                runners,
                project.progress(),
                workers,
                probe,
                store.read().maxReplicaLag(),
                Automations.LISTS,
                nodeMetrics::scrape);

        // For learners: what happens, and how to interfere with it.
        this.heldAppend = new HeldAppend(store.openAppend());
        this.labFeed = new LabFeed(
                project.events(),
                codec,
                new LabFeed.Sources(
                        operationsRoutes::projectionResponses,
                        labReadModels,
                        operationsRoutes::automationResponses,
                        heldAppend),
                limits);
        this.labRoutes = new LabRoutes(
                project.events(),
                new Replay(
                        Map.of(OrderEvent.CATEGORY, Order::new, SubscriptionEvent.CATEGORY, Subscription::new), codec),
                new LabRoutes.Controls(labReadModels, runners, heldAppend, labFeed));
        this.server = HttpServer.start(listening, this::addRoutes, requestMetrics);
        start();
    }

    private List<AutomationWorker<?>> workers(
            Function<String, CommandBus> busOf, EventStore events, JsonEventCodec codec) {
        Store.Contexts contexts = store.read().contexts();
        Automations on = contexts.automations();
        List<AutomationWorker<?>> started = new ArrayList<>();
        on.cancelUnpaidAfter()
                .ifPresent(after -> started.add(worker(
                        new UnpaidOrders(), after, contexts.orderTodoLists().unpaid(), busOf, events, codec)));
        if (on.renewSubscriptions()) {
            started.add(worker(
                    new DueRenewals(),
                    Duration.ZERO,
                    contexts.subscriptionTodoLists().renewals(),
                    busOf,
                    events,
                    codec));
            started.add(worker(
                    new RenewalOrders(), Duration.ZERO, contexts.renewals().orders(), busOf, events, codec));
        }
        return started;
    }

    private <W> AutomationWorker<W> worker(
            Automation<?, W> automation,
            Duration delay,
            TodoList<W> list,
            Function<String, CommandBus> busOf,
            EventStore events,
            JsonEventCodec codec) {
        Lease lease = store.leases().apply(automation);
        return new AutomationWorker<>(
                automation,
                delay,
                list,
                busOf.apply(automation.name()),
                events,
                codec::metadata,
                lease,
                AutomationWorker.Pace.DEFAULT);
    }

    private NodeMetrics nodeMetrics(StoreProbe probe) {
        var node = new NodeMetrics(metrics, probe);
        if (store.has(Role.WRITE)) {
            node.showWrites();
        }
        if (store.has(Role.READ)) {
            node.showReads(store.read().contexts().projections(), watch, streams);
        }
        if (store.has(Role.PROJECT)) {
            node.showHead();
        }
        runners.forEach(node::showProjection);
        workers.forEach(node::showAutomation);
        node.showConnections(store.pools());
        return node;
    }

    private void addRoutes(Routes routes) {
        writeRoutes.add(forRole(Role.WRITE, Side.WRITE, routes));
        new AddressRoutes(store.addresses()).add(forRole(Role.WRITE, Side.WRITE, routes));
        readRoutes.add(forRole(Role.READ, Side.READ, routes));
        operationsRoutes.add(
                routes,
                forRole(Role.PROJECT, Side.OPERATIONS, routes),
                forRole(Role.AUTOMATE, Side.OPERATIONS, routes));
        new ProblemRoutes(problemKinds()).add(routes);
        new OpenApiRoutes().add(routes);
        new PageRoutes().add(routes);
        if (withLab) {
            labRoutes.add(forRole(Role.PROJECT, Side.OPERATIONS, routes), forRole(Role.WRITE, Side.OPERATIONS, routes));
        }
    }

    private Routes.Group forRole(Role role, Side side, Routes routes) {
        return store.has(role) ? routes.of(side) : routes.elsewhere(side, role.toString());
    }

    private void start() {
        if (store.has(Role.WRITE)) {
            pruner.start();
        }
        if (store.has(Role.READ)) {
            watch.start();
            streams.start();
            readRoutes.start();
        }
        if (withLab && store.has(Role.PROJECT)) {
            labFeed.start();
        }
        runners.forEach(ProjectionRunner::start);
        workers.forEach(AutomationWorker::start);
    }

    /** Called by runners, which are started last. */
    private void checkpointMoved() {
        watch.moved();
        workers.forEach(AutomationWorker::wake);
        labFeed.wake();
    }

    /** Called by parts of the lab, while the server runs. */
    private void tell(String event, Object data) {
        labFeed.publish(event, data);
    }

    /** Accepts no more requests, ends streams and waits, finishes requests and batches, and then closes the store. */
    @Override
    public void close() {
        CloseAll.run(List.of(
                server::stopListening,
                streams::close,
                labFeed::close,
                watch::close,
                readRoutes::close,
                server::close,
                pruner::close,
                () -> closeAll(workers.stream().map(worker -> worker::close)),
                heldAppend::close,
                () -> labReadModels.forEach(rows -> rows.slow(Duration.ZERO)),
                () -> closeAll(runners.stream().map(runner -> runner::close)),
                store::close,
                metrics::close));
    }

    /** At the same time, because each may have to finish its batch, or its commands. */
    private static void closeAll(Stream<Runnable> parts) {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(all::execute);
        }
    }

    /**
     * Starts a server for this machine only. It closes the store when it is closed.
     *
     * @param host a name or an address that only this machine can reach
     * @param port the port to listen on, 0 for any free one
     */
    public static Diptych start(Store store, String host, int port) {
        return start(store, new Listening(host, port, Listening.IDLE, Access.forThisMachine(Map.of(), host)));
    }

    /** Starts a server. It closes the store when it is closed. */
    public static Diptych start(Store store, Listening listening) {
        return start(store, listening, false);
    }

    /**
     * Starts a server. It closes the store when it is closed.
     *
     * @param withLab whether events can be looked at, and projections slowed down
     */
    public static Diptych start(Store store, Listening listening, boolean withLab) {
        return start(store, listening, withLab, EventStreams.Limits.DEFAULT);
    }

    /**
     * Starts a server. It closes the store when it is closed.
     *
     * @param limits the limits of event streams
     */
    public static Diptych start(Store store, Listening listening, boolean withLab, EventStreams.Limits limits) {
        try {
            return new Diptych(store, listening, withLab, limits);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** All kinds of problem that a route can answer with. */
    static List<ProblemKind> problemKinds() {
        return Stream.concat(Arrays.stream(ProblemType.values()).map(ProblemType::kind), RuleProblems.KINDS.stream())
                .toList();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    List<Route> routes() {
        return server.routes();
    }

    /** The bus for commands from inside this process, which are not logged. */
    public CommandBus commands() {
        return commands;
    }

    /** The store that it was started with. */
    public Store store() {
        return store;
    }

    List<AutomationWorker<?>> workers() {
        return workers;
    }

    List<ProjectionRunner> runners() {
        return runners;
    }

    /** The number of requests that wait for a projection. */
    int waiting() {
        return watch.waiting();
    }

    /** The number of open event streams. */
    int streams() {
        return streams.open() + labFeed.open();
    }

    /** The progress of each projection by its name; empty on a node without the role project. */
    Map<String, ProjectionProgress> progress() {
        return store.has(Role.PROJECT) ? store.project().progress().get() : Map.of();
    }
}
