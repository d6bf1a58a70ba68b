package dev.diptych.store.postgres.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP relay on the loopback address. It counts round trips and transactions, can drop connections or bytes, can be
 * redirected to another server, like a virtual IP address in a fail-over, and can treat start-up parameters as a pooler
 * does. Thread-safe; its threads end on {@link #close}.
 */
public final class Relay implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/,]+):(\\d+)/");

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile int target;
    private volatile boolean refusing;
    private volatile boolean frozen;
    private volatile boolean mute;
    private volatile Optional<Pooler> pooler = Optional.empty();

    private Relay(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("relay-accept-" + port(), this::accept);
    }

    /** Creates a relay to a port on the loopback address. */
    public static Relay to(int port) {
        return new Relay(port);
    }

    /** Creates a relay to the server of a JDBC URL that names one host and port. */
    public static Relay to(String url) {
        return new Relay(Integer.parseInt(address(url).group(2)));
    }

    private static Matcher address(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.find()) {
            throw new IllegalArgumentException("No single host and port in " + url);
        }
        return address;
    }

    /** The port on which the relay listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns a JDBC URL with the address of the relay in place of the server's. */
    public String url(String url) {
        return url.replace(address(url).group(), "//127.0.0.1:" + port() + "/");
    }

    /** The number of requests with a response, over all connections. */
    public int roundTrips() {
        return roundTrips.get();
    }

    /** The number of transactions that have ended, over all connections. */
    public int transactions() {
        return transactions.get();
    }

    /** Closes all connections, and refuses new ones until {@link #mend}. */
    public void cut() {
        refusing = true;
        closeAll();
    }

    /** Ends {@link #cut}, {@link #freeze} and {@link #dropResponses}. */
    public void mend() {
        refusing = false;
        frozen = false;
        mute = false;
    }

    /** Drops all bytes and keeps the connections, as a network partition does. */
    public void freeze() {
        frozen = true;
    }

    /** Passes requests, and drops all bytes of the responses; a {@link #cut} then loses what the server has done. */
    public void dropResponses() {
        mute = true;
    }

    /** Closes all connections, and connects new ones to another port. */
    public void pointTo(int port) {
        target = port;
        closeAll();
    }

    /** Treats the start of new connections as a pooler. */
    public void actAs(Pooler as) {
        pooler = Optional.of(as);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                relay(server.accept());
            } catch (IOException e) {
                // The relay was closed, which ends the loop; or one connection failed.
            }
        }
    }

    private void relay(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        int port = target;
        Socket backend = connected(client, port);
        open.add(client);
        open.add(backend);
        if (refusing || port != target) { // checked after they were added: closeAll() may have run before that
            client.close();
            backend.close();
        }
        start(client, backend);
    }

    private static Socket connected(Socket client, int port) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void start(Socket client, Socket backend) {
        var requests = new AtomicInteger();
        var ends = new TransactionEnds(transactions::incrementAndGet);
        run(
                "relay-request-" + port(),
                () -> pump(client, backend, pooler, (bytes, count) -> requests.set(1), () -> frozen));
        run(
                "relay-answer-" + port(),
                () -> pump(
                        backend,
                        client,
                        Optional.empty(),
                        (bytes, count) -> {
                            roundTrips.addAndGet(requests.getAndSet(0));
                            ends.bytes(bytes, count);
                        },
                        () -> frozen || mute));
    }

    /** Called with bytes before they are relayed. */
    interface Passed {
        void bytes(byte[] buffer, int count);
    }

    private void pump(Socket from, Socket to, Optional<Pooler> start, Passed passed, BooleanSupplier dropping) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            if (start.isPresent()) {
                start.get().start(in, out, from.getOutputStream());
            }
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                passed.bytes(buffer, n);
                if (!dropping.getAsBoolean()) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One end was closed; try-with-resources closes the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void closeAll() {
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void run(String name, Runnable task) {
        Thread.ofPlatform().name(name).daemon().start(task);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
