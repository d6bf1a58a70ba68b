package dev.diptych.api;

import dev.diptych.api.http.EventStreams;
import dev.diptych.api.metrics.Metric;
import dev.diptych.api.metrics.Metrics;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.DirectQueryBus;
import java.util.List;

/** The read side, put together: queries to read models. Safe for use by many threads. */
final class ReadSide implements AutoCloseable {

    private static final String MET = "met";
    private static final String TIMED_OUT = "timed-out";

    private final CheckpointWatch watch;
    private final EventStreams streams;
    private final ReadRoutes routes;

    ReadSide(Store.Read store, EventStreams.Limits limits, Metrics metrics) {
        var answers = DirectQueryBus.builder();
        store.contexts().register(answers);
        this.watch = new CheckpointWatch(store.checkpoints());
        this.streams = new EventStreams(limits);
        show(metrics, store.contexts().projections(), watch, streams);
        this.routes = new ReadRoutes(
                answers.build(),
                watch,
                (projection, seen, took) ->
                        metrics.time(Metric.QUERY_WAIT_DURATION, took, projection, seen ? MET : TIMED_OUT),
                streams);
    }

    private static void show(Metrics metrics, List<String> projections, CheckpointWatch watch, EventStreams streams) {
        for (String projection : projections) {
            metrics.expect(Metric.QUERY_WAIT_DURATION, projection, MET);
            metrics.expect(Metric.QUERY_WAIT_DURATION, projection, TIMED_OUT);
        }
        metrics.gauge(Metric.QUERIES_WAITING, watch::waiting);
        metrics.gauge(Metric.STREAMS_OPEN, streams::open);
    }

    /** Its routes are given no more than its bus, and what waiting and streams need. */
    ReadRoutes routes() {
        return routes;
    }

    /** How many streams of events are open at this moment. */
    int streams() {
        return streams.open();
    }

    CheckpointWatch watch() {
        return watch;
    }

    void start() {
        watch.start();
        streams.start();
        routes.start();
    }

    /** Ends the streams, and lets those go who wait. */
    @Override
    public void close() {
        streams.close();
        watch.close();
        routes.close();
    }
}
