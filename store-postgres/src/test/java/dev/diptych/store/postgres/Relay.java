package dev.diptych.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between a program and its PostgreSQL, on the loopback address: it counts how often a question follows an answer,
 * and can be cut. Its threads end with it.
 */
final class Relay implements AutoCloseable {

    private final String url;
    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean frozen;

    /** A line to the server of a JDBC URL. */
    Relay(String url) throws IOException {
        var address = java.util.regex.Pattern.compile("//([^:/]+):(\\d+)/").matcher(url);
        if (!address.find()) {
            throw new IllegalArgumentException("No host and port in " + url);
        }
        this.target = Integer.parseInt(address.group(2));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.url = url.replace(address.group(), "//127.0.0.1:" + server.getLocalPort() + "/");
        run("relay-accept", this::accept);
    }

    /** The URL that leads over this line. */
    String url() {
        return url;
    }

    /** How many times the program has asked something and waited for the answer, over all connections. */
    int roundTrips() {
        return roundTrips.get();
    }

    /** Cuts all connections; new ones are refused until {@link #mend}. */
    void cut() {
        refusing = true;
        open.forEach(Relay::close);
    }

    void mend() {
        refusing = false;
        frozen = false;
    }

    /** From now on nothing arrives any more, and nobody is told: what a network does at its worst. */
    void freeze() {
        frozen = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (refusing) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(near);
                open.add(far);
                var asked = new AtomicInteger();
                run("relay-to", () -> pump(near, far, () -> asked.set(1)));
                run("relay-fro", () -> pump(far, near, () -> roundTrips.addAndGet(asked.getAndSet(0))));
            } catch (IOException e) {
                // closed, or the server is away: the next accept() tells
            }
        }
    }

    private void pump(Socket from, Socket to, Runnable passed) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                passed.run();
                if (!frozen) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void run(String name, Runnable task) {
        Thread.ofPlatform().name(name).daemon().start(task);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
