package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Side;
import io.javalin.Javalin;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.util.List;
import java.util.Set;

/**
 * A route of a running server.
 *
 * @param method the HTTP method
 * @param path the path with parameter names in braces
 * @param side the side that the route belongs to
 */
public record Route(String method, String path, Side side) {

    /**
     * All routes of a server, in the order of declaration.
     *
     * @throws IllegalStateException if a route does not belong to exactly one side, because {@link Routes} did not add
     *     it
     */
    static List<Route> of(Javalin javalin) {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(Route::of)
                .toList();
    }

    private static Route of(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        if (roles == null
                || roles.getRoles().size() != 1
                || !(roles.getRoles().iterator().next() instanceof Side side)) {
            throw new IllegalStateException(endpoint.method.name() + " " + endpoint.path + " is declared for "
                    + (roles == null ? Set.of() : roles.getRoles()) + ", but must be for one side");
        }
        return new Route(endpoint.method.name(), endpoint.path, side);
    }
}
