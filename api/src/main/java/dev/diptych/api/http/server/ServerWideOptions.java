package dev.diptych.api.http.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responds to {@code OPTIONS *}, which concerns the whole server (RFC 9110, section 9.3.7) and matches no route. */
final class ServerWideOptions extends Handler.Wrapper {

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
