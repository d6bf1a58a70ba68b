package dev.diptych.api.http.server;

import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responds with a problem to a request that Jetty rejects before routing. */
final class ProblemErrorHandler implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = Problem.of(
                kind(response.getStatus()), "The server refused the request before looking at what it asks for.");
        response.setStatus(problem.status());
        SecurityHeaders.set(response.getHeaders());
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
