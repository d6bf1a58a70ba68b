package dev.diptych.api;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node does. A node has at least one role; a single node has all. */
public enum Role {
    /** Takes commands, with the privileges of the writer. */
    WRITE,
    /** Runs projections, with the privileges of the projector. */
    PROJECT,
    /** Answers queries, with the privileges of the reader. */
    READ;

    /** The name in options and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of several roles, for messages. */
    public static String inWords(Set<Role> roles) {
        return roles.stream().map(Role::toString).collect(Collectors.joining(", "));
    }
}
