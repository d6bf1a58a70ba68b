package dev.diptych.api.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node may do; every node has at least one role, and a node alone has all. */
public enum Role {
    /** It takes commands, with the rights of the writer. */
    WRITE,
    /** It runs projections, with the rights of the projector. */
    PROJECT,
    /** It answers queries, with the rights of the reader. */
    READ;

    /** As it is written in options and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Several of them, for people. */
    public static String inWords(Set<Role> roles) {
        return roles.stream().map(Role::toString).collect(Collectors.joining(", "));
    }
}
