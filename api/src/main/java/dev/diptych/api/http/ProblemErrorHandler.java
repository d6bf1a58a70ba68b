package dev.diptych.api.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, before there is a route, is answered as a problem too. */
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

    /** A method or version of HTTP that nobody knows is the client's mistake, though HTTP counts it as the server's. */
    private static ProblemType kind(int status) {
        return switch (status) {
            case 501, 505 -> ProblemType.MALFORMED_REQUEST;
            default ->
                ProblemType.ofRefusal(status)
                        .orElse(status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
        };
    }
}
