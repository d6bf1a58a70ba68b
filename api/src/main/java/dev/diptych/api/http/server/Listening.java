package dev.diptych.api.http.server;

import dev.diptych.api.http.access.Access;
import java.time.Duration;
import java.util.Map;

/**
 * The address, idle timeout and access control of a server.
 *
 * @param host a name or an address of this machine
 * @param port the port; 0 for any free port
 * @param idle the maximum idle time of a connection while the server waits for a request or the rest of one
 * @param access the access control by side
 */
public record Listening(String host, int port, Duration idle, Access access) {

    /** The default maximum idle time of a connection. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    /** A free port on the loopback address, for clients on this machine, without tokens. */
    public static Listening here() {
        return new Listening("127.0.0.1", 0, IDLE, Access.forThisMachine(Map.of(), "127.0.0.1"));
    }
}
