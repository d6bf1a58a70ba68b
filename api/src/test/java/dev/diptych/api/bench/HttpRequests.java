package dev.diptych.api.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.api.Diptych;
import dev.diptych.api.Store;
import dev.diptych.core.eventstore.NewEvent;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests to the whole application, and to a bare Javalin handler that runs one statement on the same server with a
 * pool of the same size. Each client has one connection to each.
 */
final class HttpRequests implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final Pattern TOKEN = Pattern.compile("(?m)^Consistency-Token: \\S+");
    private static final String ORDER = "{\"order_id\":\"%s\",\"customer_id\":\"c-1\",\"items\":[{\"sku\":\"lamp\","
            + "\"quantity\":2,\"unit_price\":\"7.50\"}]}";

    /** For all objects of this class, which share the plain table. */
    private static final AtomicLong ORDERS = new AtomicLong();

    private final Diptych application;
    private final Javalin bare;
    private final PlainTable plain;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    /**
     * Starts both servers.
     *
     * @param store closed with this object
     */
    HttpRequests(Store store, PlainTable plain) {
        this.plain = plain;
        this.application = Diptych.start(store, "127.0.0.1", 0);
        this.bare = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.post("/orders", this::insert);
            config.routes.get("/orders/{id}", this::select);
        });
        bare.start("127.0.0.1", 0);
    }

    private void insert(Context ctx) throws SQLException, IOException {
        JsonNode order = JSON.readTree(ctx.body());
        plain.insert(order.get("order_id").asText(), 1, new NewEvent("order-placed", 1, ctx.body(), "{}"));
        ctx.status(202).json(Map.of("order_id", order.get("order_id").asText()));
    }

    private void select(Context ctx) throws SQLException {
        ctx.json(Map.of("rows", plain.readStream(ctx.pathParam("id"), 1)));
    }

    long post(boolean toApplication, int client) throws IOException {
        String body = ORDER.formatted("bench-" + ORDERS.incrementAndGet());
        return send(toApplication, client, "POST /orders", body, 202);
    }

    long get(boolean toApplication, int client, String order) throws IOException {
        return send(toApplication, client, "GET /orders/" + order, "", 200);
    }

    /** Places one order in both; returns its id. */
    String place() throws IOException {
        String order = "bench-" + ORDERS.incrementAndGet();
        String body = ORDER.formatted(order);
        send(true, 0, "POST /orders", body, 202);
        send(false, 0, "POST /orders", body, 202);
        return order;
    }

    /** The duration from the answer to a command until a query that states its token is answered. */
    Duration untilVisible(int client) throws IOException {
        String order = "bench-" + ORDERS.incrementAndGet();
        String answer = exchange(true, client, "POST /orders", "", ORDER.formatted(order), 202);
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("No token in " + answer);
        }
        long began = System.nanoTime();
        exchange(true, client, "GET /orders/" + order, token.group() + "\r\n", "", 200);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private long send(boolean toApplication, int client, String request, String body, int status) throws IOException {
        exchange(toApplication, client, request, "", body, status);
        return 1;
    }

    private String exchange(boolean toApplication, int client, String request, String headers, String body, int status)
            throws IOException {
        int port = toApplication ? application.port() : bare.port();
        Connection connection = connections.computeIfAbsent(port + "-" + client, key -> Connection.open(port));
        String answer = connection.send(text(request, headers, body));
        if (!answer.startsWith("HTTP/1.1 " + status)) {
            throw new IllegalStateException(request + " was answered with " + answer);
        }
        return answer;
    }

    /** The request that places an order. */
    static String placing(String order) {
        return text("POST /orders", "", ORDER.formatted(order));
    }

    private static String text(String request, String headers, String body) {
        return request + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Used by one thread at a time. Minimal, because the clients share the processors with the servers. */
    record Connection(Socket socket) {

        static Connection open(int port) {
            try {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                return new Connection(socket);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String send(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            var head = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (true) {
                int count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("The server closed the connection after " + head);
                }
                head.write(buffer, 0, count);
                String answer = head.toString(StandardCharsets.ISO_8859_1);
                int end = answer.indexOf("\r\n\r\n");
                Matcher length = LENGTH.matcher(answer);
                if (end >= 0 && length.find() && answer.length() >= end + 4 + Integer.parseInt(length.group(1))) {
                    return answer;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections.values()) {
            connection.socket().close();
        }
        bare.stop();
        application.close();
    }
}
