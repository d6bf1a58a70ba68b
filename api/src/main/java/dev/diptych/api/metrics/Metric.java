package dev.diptych.api.metrics;

import java.util.List;

/**
 * Every metric that a node has, by the name under which Prometheus stores it: what is not listed here cannot be counted.
 * What a label may say is bounded: names that the program gives, never an id or a text of a client's.
 */
@SuppressWarnings("ImmutableEnumChecker") // the labels are a copy that cannot be changed
public enum Metric {
    /** Commands. */
    COMMAND_DURATION(
            Kind.DURATION,
            "diptych_command_duration_seconds",
            "How long a command took on the bus, all its tries together",
            List.of("command", "outcome"),
            Where.WRITE),
    /** Races that were lost. */
    COMMAND_CONFLICTS(
            Kind.COUNTER,
            "diptych_command_conflicts_total",
            "How often a try of a command found the aggregate at another version than the expected one",
            List.of("command"),
            Where.WRITE),
    /** Tries after the first. */
    COMMAND_RETRIES(
            Kind.COUNTER,
            "diptych_command_retries_total",
            "How often a command was tried again after it had lost a race",
            List.of("command"),
            Where.WRITE),
    /** Appends. */
    APPEND_DURATION(
            Kind.DURATION,
            "diptych_append_duration_seconds",
            "How long the store took to append",
            List.of("outcome"),
            Where.WRITE),
    /** Reads of streams. */
    LOAD_DURATION(
            Kind.DURATION,
            "diptych_load_duration_seconds",
            "How long the store took to read a page of a stream, from which an aggregate is loaded",
            List.of("outcome"),
            Where.WRITE),
    /** The oldest open append. */
    OLDEST_APPEND_AGE(
            Kind.GAUGE,
            "diptych_oldest_append_age_seconds",
            "How long the oldest append has been open that has not ended, 0 when there is none: it holds up every projection. Not on a node that only reads",
            List.of(),
            Where.POSTGRES),
    /** How far projections are behind, in positions. */
    PROJECTION_LAG(
            Kind.GAUGE,
            "diptych_projection_lag_positions",
            "How many positions a projection is behind the last event, whichever node runs it",
            List.of("projection"),
            Where.PROJECT),
    /** How far projections are behind, in time. */
    PROJECTION_LAG_AGE(
            Kind.GAUGE,
            "diptych_projection_lag_seconds",
            "How long ago the oldest event was recorded that a projection has not applied, 0 when there is none",
            List.of("projection"),
            Where.PROJECT),
    /** What projections do. */
    PROJECTION_STATE(
            Kind.GAUGE,
            "diptych_projection_state",
            "What a projection does on this node: 1 for the state that it is in, 0 for the others",
            List.of("projection", "state"),
            Where.PROJECT),
    /** Sizes of batches. */
    BATCH_EVENTS(
            Kind.SIZE,
            "diptych_projection_batch_events",
            "How many events were in a batch that a projection applied",
            List.of("projection"),
            Where.PROJECT),
    /** Batches. */
    BATCH_DURATION(
            Kind.DURATION,
            "diptych_projection_batch_duration_seconds",
            "How long a projection took to apply a batch",
            List.of("projection"),
            Where.PROJECT),
    /** How far views are behind. */
    VIEW_LAG(
            Kind.GAUGE,
            "diptych_view_lag_positions",
            "How many positions a view is behind the last event, in the database that this node reads; not a number on a standby, which cannot know",
            List.of("projection"),
            Where.READ),
    /** Waits of queries. */
    QUERY_WAIT_DURATION(
            Kind.DURATION,
            "diptych_query_wait_duration_seconds",
            "How long a query waited for the write whose token it stated",
            List.of("projection", "outcome"),
            Where.READ),
    /** Queries that wait. */
    QUERIES_WAITING(
            Kind.GAUGE,
            "diptych_queries_waiting",
            "How many queries wait for a write at this moment",
            List.of(),
            Where.READ),
    /** Open streams. */
    STREAMS_OPEN(
            Kind.GAUGE,
            "diptych_streams_open",
            "How many streams of events are open to clients",
            List.of(),
            Where.READ),
    /** Requests. */
    REQUEST_DURATION(
            Kind.DURATION,
            "diptych_http_request_duration_seconds",
            "How long a request took that reached a route, streams of events left out; the route is none where no route matched",
            List.of("method", "route", "status"),
            Where.EVERYWHERE),
    /** Whether the store answers. */
    STORE_UP(
            Kind.GAUGE,
            "diptych_store_up",
            "Whether the store has answered a question of this role in time for this scrape: 1 or 0",
            List.of("role"),
            Where.EVERYWHERE),
    /** Connections. */
    POOL_CONNECTIONS(
            Kind.GAUGE,
            "diptych_pool_connections",
            "How many connections the pool of a role has",
            List.of("role", "state"),
            Where.POSTGRES),
    /** The most connections. */
    POOL_LIMIT(
            Kind.GAUGE,
            "diptych_pool_connections_limit",
            "How many connections the pool of a role may have",
            List.of("role"),
            Where.POSTGRES),
    /** Threads that wait for a connection. */
    POOL_WAITING(
            Kind.GAUGE,
            "diptych_pool_waiting_threads",
            "How many threads wait for a connection of the pool of a role",
            List.of("role"),
            Where.POSTGRES);

    private final Kind kind;
    private final String id;
    private final String meaning;
    private final List<String> labels;
    private final Where where;

    Metric(Kind kind, String id, String meaning, List<String> labels, Where where) {
        this.kind = kind;
        this.id = id;
        this.meaning = meaning;
        this.labels = List.copyOf(labels);
        this.where = where;
    }

    /** What kind of number it is. */
    public enum Kind {
        /** It only grows, until the node is started anew. */
        COUNTER,
        /** A value of this moment. */
        GAUGE,
        /** A histogram of seconds, and a gauge of the longest of the last minutes. */
        DURATION,
        /** A histogram of numbers, and a gauge of the largest of the last minutes. */
        SIZE
    }

    /** Which nodes have it. */
    public enum Where {
        /** All nodes. */
        EVERYWHERE("every node"),
        /** Those with the role write. */
        WRITE("nodes with the role write"),
        /** Those with the role project. */
        PROJECT("nodes with the role project"),
        /** Those with the role read. */
        READ("nodes with the role read"),
        /** Those with a store on PostgreSQL. */
        POSTGRES("nodes on PostgreSQL");

        private final String words;

        Where(String words) {
            this.words = words;
        }

        /** In words. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** What kind of number it is. */
    public Kind kind() {
        return kind;
    }

    /** Its name in Prometheus. */
    public String id() {
        return id;
    }

    /** What it says, in words. */
    public String meaning() {
        return meaning;
    }

    /** The names of its labels, in the order in which their values are given. */
    public List<String> labels() {
        return labels;
    }

    /** Which nodes have it. */
    public Where where() {
        return where;
    }
}
