package dev.diptych.api.http;

import java.time.Duration;
import java.util.Map;

/**
 * Where a server listens, and to whom.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any free one
 * @param idle how long a connection may be silent while the server waits for a request or the rest of one
 * @param access who may use which side
 */
public record Listening(String host, int port, Duration idle, Access access) {

    /** How long a connection may usually be silent. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    /** On any free port, for this machine. */
    public static Listening here() {
        return new Listening("127.0.0.1", 0, IDLE, Access.forThisMachine(Map.of(), "127.0.0.1"));
    }
}
