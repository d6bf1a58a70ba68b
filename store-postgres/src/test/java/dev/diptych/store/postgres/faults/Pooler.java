package dev.diptych.store.postgres.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a pooler does with the start-up parameter {@code options} of a client: PgBouncer rejects it by default, and
 * drops it with {@code ignore_startup_parameters = options}. (PostgreSQL manual, "Message Formats": StartupMessage.)
 */
public enum Pooler {
    REJECTS_OPTIONS,
    DROPS_OPTIONS;

    /** The major version in the first two bytes of the code; those of other packets have 1234 there. */
    private static final int PROTOCOL = 3;

    /** Passes the start-up packet of a client to the server, and what a client may send before it. */
    void start(InputStream client, OutputStream toServer, OutputStream toClient) throws IOException {
        var in = new DataInputStream(client);
        boolean started = false;
        while (!started) {
            byte[] body = new byte[in.readInt() - 8];
            int code = in.readInt();
            in.readFully(body);
            started = code >> 16 == PROTOCOL;
            byte[] passed = started ? withoutOptions(body) : body;
            if (this == REJECTS_OPTIONS && passed.length < body.length) {
                toClient.write(error("08P01", "unsupported startup parameter: options"));
                throw new IOException("The client was rejected");
            }
            write(toServer, code, passed);
        }
    }

    /** Names and values take turns, each with a zero byte at its end; another zero byte is the end. */
    private static byte[] withoutOptions(byte[] parameters) {
        String[] all = new String(parameters, StandardCharsets.UTF_8).split("\0", -1);
        var kept = new StringBuilder();
        for (int i = 0; i + 1 < all.length && !all[i].isEmpty(); i += 2) {
            if (!all[i].equals("options")) {
                kept.append(all[i]).append('\0').append(all[i + 1]).append('\0');
            }
        }
        return kept.append('\0').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(OutputStream to, int code, byte[] body) throws IOException {
        var packet = new ByteArrayOutputStream();
        var out = new DataOutputStream(packet);
        out.writeInt(body.length + 8);
        out.writeInt(code);
        out.write(body);
        to.write(packet.toByteArray());
    }

    private static byte[] error(String state, String message) throws IOException {
        byte[] fields = ("SFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
        var packet = new ByteArrayOutputStream();
        var out = new DataOutputStream(packet);
        out.writeByte('E');
        out.writeInt(fields.length + 4);
        out.write(fields);
        return packet.toByteArray();
    }
}
