package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Accept;
import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.eventstore.StoreUnavailableException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * The HTTP server. It limits request sizes and waiting times, and responds to every error with a problem (RFC 9457).
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** The maximum number of pending connections. Further attempts are dropped; clients retry after seconds. */
    private static final int ACCEPT_QUEUE = 1_024;

    /** The size of a socket send buffer, in bytes; by default it can grow to megabytes for each connection. */
    private static final int SEND_BUFFER = 64 * 1024;

    private static final long DRAIN_MILLIS = 5_000;

    private final Javalin javalin;
    private final List<Route> routes;

    private HttpServer(Javalin javalin, List<Route> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * Starts a server.
     *
     * @param routes a callback that adds the routes
     * @param requests a listener for completed requests
     * @throws io.javalin.util.JavalinException if the server cannot listen on the address, with the reason as its cause
     */
    public static HttpServer start(Listening listening, Consumer<Routes> routes, Requests requests) {
        Access access = listening.access();
        Javalin javalin = Javalin.create(config -> {
            var declared = new Routes(config.routes);
            limits(config, listening.idle());
            config.requestLogger.http((ctx, millis) -> requests.answered(ctx, millis));
            errors(config.routes, ctx -> access.requireOne(ctx, declared.sidesNear(ctx.path())));
            config.routes.beforeMatched(ctx -> admit(ctx, access));
            config.routes.beforeMatched(HttpServer::requireAcceptable);
            routes.accept(declared);
        });
        List<Route> declared = Route.of(javalin);
        javalin.start(listening.host(), listening.port());
        return new HttpServer(javalin, declared);
    }

    /** Checks access to the side of the route first, then allows clients to cache responses of the read side. */
    private static void admit(Context ctx, Access access) {
        for (RouteRole role : ctx.routeRoles()) {
            access.require(ctx, (Side) role);
            if (role == Side.READ) {
                ctx.header("Cache-Control", "private, no-cache"); // cached, but revalidated by its entity tag
            }
        }
    }

    /** The port that the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** All routes of the server. */
    public List<Route> routes() {
        return routes;
    }

    /** Closes the listening sockets; requests on open connections are still served. */
    public void stopListening() {
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.close();
            }
        }
    }

    /** Stops listening, waits up to 5 seconds for running requests, and stops the server. */
    @Override
    public void close() {
        javalin.stop();
    }

    private static void limits(JavalinConfig config, Duration idle) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.addCustomizer(new SecurityHeaders());
            http.addCustomizer((request, headers) -> withoutMethodOverride(request));
            http.setRequestHeaderSize(MAX_HEADER_BYTES);
            http.setIdleTimeout(idle.toMillis());
        });
        config.jetty.modifyServer(server -> limits(server, idle));
    }

    /** Removes the header from which Javalin would take the method, so that a GET could send a command. */
    private static Request withoutMethodOverride(Request request) {
        if (!request.getHeaders().contains(Header.X_HTTP_METHOD_OVERRIDE)) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders()).remove(Header.X_HTTP_METHOD_OVERRIDE);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    private static void limits(Server server, Duration idle) {
        server.setStopTimeout(DRAIN_MILLIS);
        server.setErrorHandler(new ProblemErrorHandler());
        server.insertHandler(new ServerWideOptions());
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) { // Javalin has added its connector by now
                for (Connector connector : server.getConnectors()) {
                    if (connector instanceof ServerConnector listening) {
                        listening.setIdleTimeout(idle.toMillis());
                        listening.setAcceptQueueSize(ACCEPT_QUEUE);
                        listening.setAcceptedSendBufferSize(SEND_BUFFER);
                    }
                }
            }
        });
    }

    /** Skips the static files of the web page, which are not JSON. */
    private static void requireAcceptable(Context ctx) {
        if (!ctx.path().equals("/") && !ctx.path().startsWith("/page/")) {
            Accept.require(ctx);
        }
    }

    /** Responds to exceptions with problems. Only clients with access learn that a path has no route. */
    private static void errors(RoutesConfig routes, Consumer<Context> admission) {
        routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem()));
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            try {
                admission.accept(ctx);
                if (e.getStatus() == 405) {
                    ctx.header("Allow", methods(e) + ", OPTIONS");
                    if (ctx.method().equals(HandlerType.OPTIONS)) {
                        ctx.status(204);
                        return;
                    }
                }
                answer(ctx, problemOf(e, ctx));
            } catch (ProblemException refused) {
                answer(ctx, refused.problem());
            }
        });
        routes.exception(StoreUnavailableException.class, (e, ctx) -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Cannot answer " + ctx.method() + " " + ctx.path() + ": " + e.getMessage());
            ctx.header("Retry-After", "1");
            answer(ctx, storeUnavailable(e, ctx));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.log(System.Logger.Level.ERROR, "Cannot answer " + ctx.method() + " " + ctx.path(), e);
            answer(
                    ctx,
                    Problem.of(ProblemType.INTERNAL_ERROR, "The fault has been logged. Nothing is known of it here."));
        });
    }

    private static Problem storeUnavailable(StoreUnavailableException e, Context ctx) {
        boolean change = ctx.method().equals(HandlerType.POST);
        return Problem.of(
                ProblemType.STORE_UNAVAILABLE,
                change && e.outcomeUnknown()
                        ? "The answer of the store was lost: what was asked for may have been done all the same. Send it again"
                                + " with the same Idempotency-Key, and it is done once; without one, look first."
                        : "The store cannot be reached, or is too busy. Nothing was done; send the request again.");
    }

    private static Problem problemOf(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is no " + ctx.path() + " here.");
            case 405 -> methodNotAllowed(e, ctx);
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "A body has at most " + Body.MAX_BYTES + " bytes.");
            default ->
                e.getStatus() < 500
                        ? Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()))
                        : Problem.of(ProblemType.INTERNAL_ERROR, String.valueOf(e.getMessage()));
        };
    }

    /** The methods that Javalin has routes for; OPTIONS is not among them. */
    private static String methods(HttpResponseException e) {
        return String.join(", ", e.getDetails().values());
    }

    private static Problem methodNotAllowed(HttpResponseException e, Context ctx) {
        return Problem.of(
                ProblemType.METHOD_NOT_ALLOWED,
                ctx.method() + " is not possible on " + ctx.path() + "; use " + methods(e) + ".");
    }

    private static void answer(Context ctx, Problem problem) {
        ctx.header("Cache-Control", "no-store");
        Json.write(ctx, problem.status(), Problem.MEDIA_TYPE, problem.members(ctx.path()));
    }
}
