package dev.diptych.api.http.server;

import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.eventstore.StoreUnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responds to errors with problems: to exceptions of routes, and to requests that Jetty rejects before routing. */
final class ErrorResponses implements Request.Handler {

    private static final System.Logger LOG = System.getLogger(ErrorResponses.class.getName());

    private static final String NOTHING_DONE =
            "The store is unavailable or overloaded. The request had no effect; send it again.";

    /** Responds to exceptions with problems. Only clients with access learn that a path has no route. */
    static void register(RoutesConfig routes, Consumer<Context> admission) {
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
            LOG.log(System.Logger.Level.WARNING, ctx.method() + " " + ctx.path() + " failed: " + e.getMessage());
            ctx.header("Retry-After", "1");
            answer(ctx, storeUnavailable(e, ctx));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.log(System.Logger.Level.ERROR, ctx.method() + " " + ctx.path() + " failed", e);
            answer(ctx, Problem.of(ProblemType.INTERNAL_ERROR, "Unexpected server error; it has been logged."));
        });
    }

    private static Problem storeUnavailable(StoreUnavailableException e, Context ctx) {
        boolean query = ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD);
        return Problem.of(ProblemType.STORE_UNAVAILABLE, e.outcomeUnknown() && !query ? maybeDone(ctx) : NOTHING_DONE);
    }

    private static String maybeDone(Context ctx) {
        return ctx.method().equals(HandlerType.POST)
                ? "The connection to the store was lost, so the command may have taken effect. If it had an"
                        + " Idempotency-Key, send it again with the same key: it takes effect once. If not, check its"
                        + " effect first."
                : "The connection to the store was lost, so the request may have taken effect. Send it again.";
    }

    private static Problem problemOf(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "There is no resource " + ctx.path() + ".");
            case 405 -> methodNotAllowed(e, ctx);
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "The body exceeds " + Body.MAX_BYTES + " bytes.");
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
                ctx.path() + " does not support " + ctx.method() + "; use " + methods(e) + ".");
    }

    private static void answer(Context ctx, Problem problem) {
        ctx.header("Cache-Control", "no-store");
        Json.write(ctx, problem.status(), Problem.MEDIA_TYPE, problem.members(ctx.path()));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = Problem.of(kind(response.getStatus()), "The server rejected the request before routing it.");
        response.setStatus(problem.status());
        HttpServer.DEFAULT_HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(Json.bytes(problem.members(""))), callback);
        return true;
    }

    /** An unknown method or HTTP version is a client error here, although HTTP defines 501 and 505 for it. */
    private static ProblemType kind(int status) {
        return switch (status) {
            case 501, 505 -> ProblemType.MALFORMED_REQUEST;
            default ->
                ProblemType.ofRefusal(status)
                        .orElse(status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
        };
    }
}
