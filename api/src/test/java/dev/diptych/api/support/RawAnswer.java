package dev.diptych.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.description.AnswerCheck;
import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A response over a socket. A rejection must be a described problem, even for a malformed request.
 *
 * @param text the head and the body
 */
public record RawAnswer(String text) {

    private static final String PROBLEM = "application/problem+json";
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern TYPE = Pattern.compile("\"type\":\"(/problems/[a-z-]+)\"");

    public RawAnswer {
        int end = text.indexOf("\r\n\r\n");
        boolean problem =
                end >= 0 && text.substring(0, end).toLowerCase(Locale.ROOT).contains(PROBLEM);
        if (problem && end + 4 < text.length()) {
            int status = Integer.parseInt(text.substring(9, 12));
            assertThat(AnswerCheck.API.problemFaults(status, text.substring(end + 4)))
                    .as("not as openapi.yaml describes problems: %s", text)
                    .isEmpty();
        }
    }

    /** The status of the answer, -1 when there was none. */
    public int status() {
        return STATUS.matcher(text)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElse(-1);
    }

    public Optional<String> type() {
        return TYPE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst();
    }

    public boolean hasBody() {
        int end = text.indexOf("\r\n\r\n");
        return end >= 0 && end + 4 < text.length();
    }

    /** Sends a request with CRLF line ends, and reads until the server closes the connection. */
    public static RawAnswer to(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new RawAnswer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }
}
