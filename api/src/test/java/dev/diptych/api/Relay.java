package dev.diptych.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut and mended. */
final class Relay implements AutoCloseable {

    private final int target;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket door;

    Relay(int target) throws IOException {
        this.target = target;
        this.door = listen(0);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends all connections, and takes no more. */
    void cut() {
        closeQuietly(door);
        open.forEach(Relay::closeQuietly);
        open.clear();
    }

    void mend() throws IOException {
        door = listen(port());
    }

    private ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                if (socket.isClosed()) { // asked after adding: whoever cuts closes those that were added before
                    closeQuietly(client);
                    closeQuietly(server);
                } else {
                    pump(client, server);
                    pump(server, client);
                }
            } catch (IOException e) {
                // Closed: the loop ends; or one connection less.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // One end has gone, and takes the other along.
            }
        });
    }

    private static void closeQuietly(Closeable each) {
        try {
            each.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
