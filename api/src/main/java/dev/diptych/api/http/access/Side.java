package dev.diptych.api.http.access;

import io.javalin.security.RouteRole;
import java.util.Locale;

/** The part of the API that a route belongs to; it determines which token a request needs. */
public enum Side implements RouteRole {
    /** Commands. */
    WRITE,
    /** Queries. */
    READ,
    /** Administration and monitoring. */
    OPERATIONS,
    /** Public routes, without a token. */
    OPEN;

    /** The name in headers and responses, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
