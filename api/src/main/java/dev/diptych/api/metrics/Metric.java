package dev.diptych.api.metrics;

import java.util.List;

/**
 * All metrics of a node, with their names in Prometheus. The values of labels are bounded: they are names that the
 * program defines, never an id or text from a client.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list of labels is an immutable copy
public enum Metric {
    /** The duration of commands, including all attempts. */
    COMMAND_DURATION(
            Kind.DURATION,
            "diptych_command_duration_seconds",
            "Duration of a command, including all attempts",
            List.of("command", "outcome"),
            Where.WRITE),
    /** Attempts of commands that ended in a conflict. */
    COMMAND_CONFLICTS(
            Kind.COUNTER,
            "diptych_command_conflicts_total",
            "Number of attempts of a command that ended in a version conflict",
            List.of("command"),
            Where.WRITE),
    /** Retries of commands after a conflict. */
    COMMAND_RETRIES(
            Kind.COUNTER,
            "diptych_command_retries_total",
            "Number of retries of a command after a version conflict",
            List.of("command"),
            Where.WRITE),
    /** The duration of appends. */
    APPEND_DURATION(
            Kind.DURATION, "diptych_append_duration_seconds", "Duration of an append", List.of("outcome"), Where.WRITE),
    /** The duration of stream reads. */
    LOAD_DURATION(
            Kind.DURATION,
            "diptych_load_duration_seconds",
            "Duration of reading a page of a stream to load an aggregate",
            List.of("outcome"),
            Where.WRITE),
    /** The age of the oldest open append. */
    OLDEST_APPEND_AGE(
            Kind.GAUGE,
            "diptych_oldest_append_age_seconds",
            "Age of the oldest open append, which delays every projection; 0 if there is none."
                    + " Not on nodes with only the role read",
            List.of(),
            Where.POSTGRES),
    /** The lag of projections in positions. */
    PROJECTION_LAG(
            Kind.GAUGE,
            "diptych_projection_lag_positions",
            "Number of positions that a projection is behind the last event, on whichever node it runs",
            List.of("projection"),
            Where.PROJECT),
    /** The lag of projections in seconds. */
    PROJECTION_LAG_AGE(
            Kind.GAUGE,
            "diptych_projection_lag_seconds",
            "Age of the oldest event that a projection has not applied; 0 if there is none",
            List.of("projection"),
            Where.PROJECT),
    /** The last event on the primary. */
    HEAD(
            Kind.GAUGE,
            "diptych_head_position",
            "Position of the last event on the primary; less diptych_replica_position of another node, the number of"
                    + " positions that its standby is behind",
            List.of(),
            Where.PROJECT),
    /** The state of projections on this node. */
    PROJECTION_STATE(
            Kind.GAUGE,
            "diptych_projection_state",
            "State of a projection on this node: 1 for the current state, 0 for the others",
            List.of("projection", "state"),
            Where.PROJECT),
    /** The lag of the copy of a rebuild in positions. */
    REBUILD_LAG(
            Kind.GAUGE,
            "diptych_rebuild_lag_positions",
            "Number of positions that the copy of a rebuild is behind the last event; NaN without a rebuild",
            List.of("projection"),
            Where.PROJECT),
    /** The rate of a rebuild. */
    REBUILD_RATE(
            Kind.GAUGE,
            "diptych_rebuild_positions_per_second",
            "Average number of positions per second since a rebuild was started; NaN without a rebuild",
            List.of("projection"),
            Where.PROJECT),
    /** Whether a node builds the copy of a rebuild. */
    REBUILD_NODES(
            Kind.GAUGE,
            "diptych_rebuild_nodes",
            "Number of nodes that build the copy of a rebuild: 1; 0 if it is paused, or no node of its version of the"
                    + " fold runs; NaN without a rebuild",
            List.of("projection"),
            Where.PROJECT),
    /** The number of events in a batch. */
    BATCH_EVENTS(
            Kind.SIZE,
            "diptych_projection_batch_events",
            "Number of events in a batch that a projection applied",
            List.of("projection"),
            Where.PROJECT),
    /** The duration of batches. */
    BATCH_DURATION(
            Kind.DURATION,
            "diptych_projection_batch_duration_seconds",
            "Duration of applying a batch",
            List.of("projection"),
            Where.PROJECT),
    /** The lag of views in positions, in the database that this node reads. */
    VIEW_LAG(
            Kind.GAUGE,
            "diptych_view_lag_positions",
            "Number of positions that a view is behind the last event, in the database that this node reads;"
                    + " NaN on a standby, where it is unknown",
            List.of("projection"),
            Where.READ),
    /** The lag of the standby that this node reads. */
    REPLICA_LAG(
            Kind.GAUGE,
            "diptych_replica_lag_seconds",
            "Age of the newest lease renewal on the standby that this node reads; 0 on a primary;"
                    + " NaN if no projection runs",
            List.of(),
            Where.READ),
    /** The last event in the database that this node reads. */
    READ_HEAD(
            Kind.GAUGE,
            "diptych_replica_position",
            "Position of the last event in the database that this node reads, which may be a standby",
            List.of(),
            Where.READ),
    /** The duration of waits for a client's own write. */
    QUERY_WAIT_DURATION(
            Kind.DURATION,
            "diptych_query_wait_duration_seconds",
            "Time that a query waited for the write of its consistency token",
            List.of("projection", "outcome"),
            Where.READ),
    /** The number of waiting queries. */
    QUERIES_WAITING(
            Kind.GAUGE,
            "diptych_queries_waiting",
            "Number of queries that are waiting for a write",
            List.of(),
            Where.READ),
    /** The number of open event streams. */
    STREAMS_OPEN(Kind.GAUGE, "diptych_streams_open", "Number of open event streams", List.of(), Where.READ),
    /** The number of items of automations. */
    AUTOMATION_ITEMS(
            Kind.GAUGE,
            "diptych_automation_items",
            "Number of items of an automation, up to 10,000: open, which are waiting for their time or being done, and"
                    + " parked",
            List.of("automation", "state"),
            Where.AUTOMATE),
    /** The number of commands that automations sent. */
    AUTOMATION_COMMANDS(
            Kind.COUNTER,
            "diptych_automation_commands_total",
            "Number of commands that an automation of this node sent, for items and to park an item",
            List.of("automation", "outcome"),
            Where.AUTOMATE),
    /** The state of automations on this node. */
    AUTOMATION_STATE(
            Kind.GAUGE,
            "diptych_automation_state",
            "State of an automation on this node: 1 for the current state, 0 for the others",
            List.of("automation", "state"),
            Where.AUTOMATE),
    /** The duration of HTTP requests, without event streams. */
    REQUEST_DURATION(
            Kind.DURATION,
            "diptych_http_request_duration_seconds",
            "Duration of an HTTP request, except event streams; the label route is none if no route matched",
            List.of("method", "route", "status"),
            Where.EVERYWHERE),
    /** Whether the store answers for a role: 1 or 0. */
    STORE_UP(
            Kind.GAUGE,
            "diptych_store_up",
            "Whether the store answered this role's probe in time for this scrape: 1 or 0",
            List.of("role"),
            Where.EVERYWHERE),
    /** The number of connections in a pool. */
    POOL_CONNECTIONS(
            Kind.GAUGE,
            "diptych_pool_connections",
            "Number of connections in the pool of a role",
            List.of("role", "state"),
            Where.POSTGRES),
    /** The maximum number of connections in a pool. */
    POOL_LIMIT(
            Kind.GAUGE,
            "diptych_pool_connections_limit",
            "Maximum number of connections in the pool of a role",
            List.of("role"),
            Where.POSTGRES),
    /** The number of threads that wait for a connection. */
    POOL_WAITING(
            Kind.GAUGE,
            "diptych_pool_waiting_threads",
            "Number of threads that are waiting for a connection from the pool of a role",
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

    /** The kind of a metric. */
    public enum Kind {
        /** A number that only increases, until the node restarts. */
        COUNTER,
        /** A current value. */
        GAUGE,
        /** A histogram of seconds, and a gauge of the maximum in the last minutes. */
        DURATION,
        /** A histogram of numbers, and a gauge of the maximum in the last minutes. */
        SIZE
    }

    /** The nodes that export a metric. */
    public enum Where {
        /** All nodes. */
        EVERYWHERE("every node"),
        /** Nodes with the role write. */
        WRITE("nodes with the role write"),
        /** Nodes with the role project. */
        PROJECT("nodes with the role project"),
        /** Nodes with the role read. */
        READ("nodes with the role read"),
        /** Nodes with the role automate, and with an automation. */
        AUTOMATE("nodes with the role automate"),
        /** Nodes with a PostgreSQL store. */
        POSTGRES("nodes on PostgreSQL");

        private final String words;

        Where(String words) {
            this.words = words;
        }

        /** Returns the nodes in words. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** Returns the kind. */
    public Kind kind() {
        return kind;
    }

    /** Returns the name in Prometheus. */
    public String id() {
        return id;
    }

    /** Returns the description. */
    public String meaning() {
        return meaning;
    }

    /** Returns the names of the labels. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the nodes that export it. */
    public Where where() {
        return where;
    }
}
