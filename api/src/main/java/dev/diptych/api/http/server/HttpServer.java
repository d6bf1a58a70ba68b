package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Accept;
import dev.diptych.api.http.input.TraceContext;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server. It limits request sizes and waiting times, and responds to every error with a problem (RFC 9457).
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

    /** The default headers of every response: no active content, no framing, no caching. A route can override them. */
    static final Map<String, String> DEFAULT_HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store",
            "Vary", "Accept-Encoding");

    /** The methods that are reported by name. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** The maximum number of pending connections. Further attempts are dropped; clients retry after seconds. */
    private static final int ACCEPT_QUEUE = 1_024;

    /** The size of a socket send buffer, in bytes; by default it can grow to megabytes for each connection. */
    private static final int SEND_BUFFER = 64 * 1024;

    /**
     * The maximum number of threads for requests that do not wait. They are platform threads, because a virtual thread
     * that waits for the database costs more than the wait itself when there are few processors.
     */
    private static final int MAX_THREADS = 500;

    private static final long DRAIN_MILLIS = 5_000;

    private final Javalin javalin;
    private final List<Route> routes;

    /** Is told of requests. Implementations are thread-safe, and return immediately. */
    @FunctionalInterface
    public interface Observer {
        /**
         * A request was answered; not called for event streams, whose duration the client determines.
         *
         * @param method the HTTP method, or {@code other} if it is not a method of HTTP
         * @param route the path with parameter names in braces, or {@code none} without a route
         */
        void answered(String method, String route, int status, Duration took);
    }

    private HttpServer(Javalin javalin, List<Route> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * Starts a server.
     *
     * @param routes a callback that adds the routes
     * @throws io.javalin.util.JavalinException if the server cannot listen on the address, with the reason as its cause
     */
    public static HttpServer start(Listening listening, Consumer<Routes> routes, Observer observer) {
        Access access = listening.access();
        Javalin javalin = Javalin.create(config -> {
            var declared = new Routes(config.routes);
            limits(config, listening.idle());
            config.requestLogger.http((ctx, millis) -> report(ctx, millis, observer));
            ErrorResponses.register(config.routes, ctx -> access.requireOne(ctx, declared.sidesNear(ctx.path())));
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
        config.concurrency.useVirtualThreads = true; // for requests that may wait; see Routes
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.addCustomizer((request, response) -> {
                DEFAULT_HEADERS.forEach(response::put);
                return withoutMethodOverride(TraceContext.begin(request, response));
            });
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
        server.setErrorHandler(new ErrorResponses());
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

    /** Responds to {@code OPTIONS *}, which concerns the server and matches no route (RFC 9110, section 9.3.7). */
    private static final class ServerWideOptions extends Handler.Wrapper {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!HttpMethod.OPTIONS.is(request.getMethod())
                    || !"*".equals(request.getHttpURI().getPath())) {
                return super.handle(request, response, callback);
            }
            response.setStatus(204);
            response.getHeaders().put(HttpHeader.ALLOW, "GET, POST, HEAD, OPTIONS");
            callback.succeeded();
            return true;
        }
    }

    private static void report(Context ctx, float millis, Observer observer) {
        String type = Objects.requireNonNullElse(ctx.res().getContentType(), "");
        if (!type.startsWith(Accept.EVENTS)) {
            String method = ctx.method().name();
            String route = Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint())
                    .map(matched -> matched.path)
                    .orElse("none");
            var took = Duration.ofNanos((long) (millis * 1_000_000));
            observer.answered(METHODS.contains(method) ? method : "other", route, ctx.statusCode(), took);
        }
    }

    /** Skips the static files of the web page, which are not JSON. */
    private static void requireAcceptable(Context ctx) {
        if (!ctx.path().equals("/") && !ctx.path().startsWith("/page/")) {
            Accept.require(ctx);
        }
    }
}
