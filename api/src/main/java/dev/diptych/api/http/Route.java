package dev.diptych.api.http;

import io.javalin.Javalin;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.util.List;
import java.util.Set;

/**
 * A route as the running server has it.
 *
 * @param method of HTTP
 * @param path with the names of its parts in braces
 * @param side whom it is for
 */
public record Route(String method, String path, Side side) {

    /**
     * All routes of a server, in the order in which they were declared.
     *
     * @throws IllegalStateException when one was declared for no side, past {@link Routes}
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
