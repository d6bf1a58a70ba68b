package dev.diptych.api.http;

import io.javalin.security.RouteRole;
import java.util.Locale;

/** Whom a route is for. Every route is declared for one side, by which it is guarded. */
public enum Side implements RouteRole {
    /** Those who send commands. */
    WRITE,
    /** Those who ask questions. */
    READ,
    /** Those who run the API. */
    OPERATIONS,
    /** Everybody: there is nothing to be guarded. */
    OPEN;

    /** As it is written in headers and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
