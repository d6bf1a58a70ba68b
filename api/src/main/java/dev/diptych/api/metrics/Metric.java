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
            Where.WRITE);

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
        EVERYWHERE,
        /** Those with the role write. */
        WRITE,
        /** Those with the role project. */
        PROJECT,
        /** Those with the role read. */
        READ,
        /** Those with a store on PostgreSQL. */
        POSTGRES
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
