package dev.diptych.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where routes are declared: each belongs to a side, and one whose role this node does not have is answered with 421, so
 * that a client that came to the wrong node learns where to go.
 */
public final class Routes {

    private final RoutesConfig config;
    private final Map<String, Set<Side>> prefixes = new HashMap<>();

    Routes(RoutesConfig config) {
        this.config = config;
    }

    /** The sides that have routes under the same first part of a path: whose it is, should there be no route. */
    Set<Side> sidesNear(String path) {
        return prefixes.getOrDefault(prefix(path), Set.of());
    }

    private static String prefix(String path) {
        return path.replaceFirst("^/*([^/]*).*$", "$1");
    }

    /** Routes that every node has. */
    public <R> Declared<R> of(Side side, R routes) {
        return new Declared<>(side, "", Optional.of(routes));
    }

    /**
     * Routes that a node has by a role.
     *
     * @param routes answers them; empty on a node without that role
     */
    public <R> Declared<R> of(Side side, Role role, Optional<R> routes) {
        return new Declared<>(side, role.toString(), routes);
    }

    /**
     * Answers a request.
     *
     * @param <R> what answers it
     */
    @FunctionalInterface
    public interface Answer<R> {
        /** Answers it. */
        void by(R routes, Context ctx) throws Exception;
    }

    /**
     * The routes of one side.
     *
     * @param <R> what answers them
     */
    public final class Declared<R> {

        private final Side side;
        private final String role;
        private final Optional<R> routes;

        private Declared(Side side, String role, Optional<R> routes) {
            this.side = side;
            this.role = role;
            this.routes = routes;
        }

        /** Adds a route that reads: GET, and HEAD, which is the same without the body. */
        public void get(String path, Answer<R> answer) {
            Handler handler = handler(path, onCondition(answer));
            config.get(path, handler, side);
            config.head(path, handler, side);
        }

        /** The same for a route that answers in a form of its own. */
        public void get(String path, String mediaType, Answer<R> answer) {
            for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
                config.addEndpoint(Endpoint.create(method, path)
                        .addMetadata(new Roles(Set.of(side)))
                        .addMetadata(new Accept.Form(mediaType))
                        .handler(handler(path, onCondition(answer))));
            }
        }

        private static <R> Answer<R> onCondition(Answer<R> answer) {
            return (present, ctx) -> {
                var conditions = Preconditions.of(ctx);
                answer.by(present, ctx);
                conditions.apply(ctx);
            };
        }

        /** Adds a route that reads once, or is followed as a stream of events, as the client prefers. */
        public void getOrFollow(String path, Answer<R> once, Answer<R> stream) {
            Answer<R> onceOnCondition = onCondition(once);
            Answer<R> either = (present, ctx) -> {
                ctx.header("Vary", "Accept, Accept-Encoding");
                (Accept.prefersEvents(ctx) ? stream : onceOnCondition).by(present, ctx);
            };
            for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
                config.addEndpoint(Endpoint.create(method, path)
                        .addMetadata(new Roles(Set.of(side)))
                        .addMetadata(Accept.Offer.EVENTS)
                        .handler(handler(path, either)));
            }
        }

        /** Adds a route that changes something. */
        public void post(String path, Answer<R> answer) {
            config.post(path, handler(path, answer), side);
        }

        private Handler handler(String path, Answer<R> answer) {
            prefixes.computeIfAbsent(prefix(path), any -> EnumSet.noneOf(Side.class))
                    .add(side);
            return routes.<Handler>map(present -> ctx -> answer.by(present, ctx))
                    .orElse(ctx -> {
                        throw misdirected();
                    });
        }

        private ProblemException misdirected() {
            return Problem.of(
                            ProblemType.MISDIRECTED_REQUEST,
                            "This node does not have the role " + role + ". Send the request to one that has.")
                    .with("role", role)
                    .asException();
        }
    }
}
