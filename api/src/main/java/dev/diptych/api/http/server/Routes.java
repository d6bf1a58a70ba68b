package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Accept;
import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointMetadata;
import io.javalin.security.Roles;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Adds routes to a server; each route belongs to a side. A route that this node does not serve responds with 421 and
 * the role of the nodes that do.
 */
public final class Routes {

    private final RoutesConfig config;
    private final Map<String, Set<Side>> prefixes = new HashMap<>();

    Routes(RoutesConfig config) {
        this.config = config;
    }

    /** The sides of the routes whose first path segment is that of {@code path}, which has no route itself. */
    Set<Side> sidesNear(String path) {
        return prefixes.getOrDefault(prefix(path), Set.of());
    }

    private static String prefix(String path) {
        return path.replaceFirst("^/*([^/]*).*$", "$1");
    }

    /** The routes of a side that this node serves. */
    public Group of(Side side) {
        return new Group(side, handler -> handler);
    }

    /** The routes of a side that only nodes with {@code role} serve; here, they respond with 421 and the role. */
    public Group elsewhere(Side side, String role) {
        return new Group(side, handler -> ctx -> {
            throw Problem.of(
                            ProblemType.MISDIRECTED_REQUEST,
                            "This node does not have the role " + role + ". Send the request to a node that has it.")
                    .with("role", role)
                    .asException();
        });
    }

    /** The routes of one side. */
    public final class Group {

        private final Side side;
        private final UnaryOperator<Handler> wrapper;

        private Group(Side side, UnaryOperator<Handler> wrapper) {
            this.side = side;
            this.wrapper = wrapper;
        }

        /** Adds a route for GET and HEAD that responds with JSON. */
        public void get(String path, Handler handler) {
            Handler wrapped = wrapped(path, waitingIf(Group::statesPlace, onCondition(handler)));
            config.get(path, wrapped, side);
            config.head(path, wrapped, side);
        }

        /** Adds a route for GET and HEAD that responds with another media type than JSON. */
        public void get(String path, String mediaType, Handler handler) {
            addEndpoint(path, new Accept.Form(mediaType), onCondition(handler));
        }

        /** Adds a route for GET and HEAD that responds once or with an event stream, as the client prefers. */
        public void getOrFollow(String path, Handler once, Handler stream) {
            Handler answered = waitingIf(Group::statesPlace, onCondition(once));
            Handler streamed = waitingIf(ctx -> true, stream);
            addEndpoint(path, Accept.Offer.EVENTS, ctx -> {
                ctx.header("Vary", "Accept, Accept-Encoding");
                (Accept.prefersEvents(ctx) ? streamed : answered).handle(ctx);
            });
        }

        /** Adds a route for GET and HEAD that responds with an event stream. */
        public void follow(String path, Handler stream) {
            addEndpoint(path, new Accept.Form(Accept.EVENTS), waitingIf(ctx -> true, stream));
        }

        private static Handler onCondition(Handler handler) {
            return ctx -> {
                var conditions = EntityTags.Conditions.of(ctx);
                handler.handle(ctx);
                conditions.apply(ctx);
            };
        }

        private void addEndpoint(String path, EndpointMetadata form, Handler handler) {
            Handler wrapped = wrapped(path, handler);
            for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
                config.addEndpoint(Endpoint.create(method, path)
                        .addMetadata(new Roles(Set.of(side)))
                        .addMetadata(form)
                        .handler(wrapped));
            }
        }

        /** Adds a route for POST. */
        public void post(String path, Handler handler) {
            config.post(path, wrapped(path, waitingIf(Group::awaitsBody, handler)), side);
        }

        /** Adds a route for PUT. */
        public void put(String path, Handler handler) {
            config.put(path, wrapped(path, waitingIf(Group::awaitsBody, handler)), side);
        }

        /** Adds a route for DELETE. */
        public void delete(String path, Handler handler) {
            config.delete(path, wrapped(path, handler), side);
        }

        private Handler wrapped(String path, Handler handler) {
            prefixes.computeIfAbsent(prefix(path), any -> EnumSet.noneOf(Side.class))
                    .add(side);
            return wrapper.apply(handler);
        }

        /** Runs those requests that may wait on a virtual thread, of which there can be many. */
        private static Handler waitingIf(Condition mayWait, Handler handler) {
            return ctx -> {
                if (mayWait.holds(ctx)) {
                    ctx.async(() -> handler.handle(ctx));
                } else {
                    handler.handle(ctx);
                }
            };
        }

        private interface Condition {
            boolean holds(Context ctx) throws IOException;
        }

        /** Whether a query states a place that its answer must reach. */
        private static boolean statesPlace(Context ctx) {
            var parameters = new Parameters(ctx);
            return ctx.header(Places.TOKEN_HEADER) != null
                    || parameters.has(Places.TOKEN_PARAMETER)
                    || parameters.has(Parameters.CURSOR);
        }

        /** Whether the client has not sent the whole body yet, as far as can be known. */
        private static boolean awaitsBody(Context ctx) throws IOException {
            return ctx.header(Header.TRANSFER_ENCODING) != null
                    || ctx.contentLength() > ctx.bodyInputStream().available();
        }
    }
}
