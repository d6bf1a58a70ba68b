package dev.diptych.api;

import java.util.Collections;
import java.util.EnumSet;
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
    READ,
    /** Sends the commands of automations, with the privileges of the reader and of the writer. */
    AUTOMATE;

    /** The roles whose connections a node with these roles uses, in the order of this type. */
    public static Set<Role> connections(Set<Role> roles) {
        Set<Role> used = EnumSet.noneOf(Role.class);
        for (Role role : roles) {
            used.addAll(role == AUTOMATE ? EnumSet.of(WRITE, READ) : EnumSet.of(role));
        }
        return Collections.unmodifiableSet(used);
    }

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
