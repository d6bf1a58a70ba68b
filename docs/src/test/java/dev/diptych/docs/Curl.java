package dev.diptych.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.core.contract.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One call of curl, as far as the pages need it, with the output that it would have: of the headers, only those that say
 * something about this API, and then three dots.
 *
 * @param words the command, without the word curl
 * @param pretty whether {@code | jq .} comes behind it
 */
record Curl(List<String> words, boolean pretty) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Set<String> OPTIONS = Set.of("-s", "-i", "-si", "-sN", "-X", "-H", "-d", "-o", "--max-time");

    /** In this order. The others, such as Date, are left out. */
    private static final List<String> HEADERS = List.of(
            "Location",
            "ETag",
            "Consistency-Token",
            "Projection-Position",
            "Store-History",
            "Preference-Applied",
            "Retry-After",
            "Allow",
            "WWW-Authenticate");

    /** Lays JSON out as jq does. */
    private static final DefaultPrettyPrinter AS_JQ = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException when it is no call of curl, or one that is not understood
     */
    static Curl of(String command) {
        boolean pretty = command.endsWith(" | jq .");
        String call = pretty ? command.substring(0, command.length() - " | jq .".length()) : command;
        List<String> words = new ArrayList<>();
        WORD.matcher(call)
                .results()
                .forEach(word -> words.add(Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(each -> each != null)
                        .findFirst()
                        .orElseThrow()));
        if (!words.getFirst().equals("curl")) {
            throw new IllegalArgumentException("A transcript calls curl, but not " + words.getFirst());
        }
        words.stream()
                .filter(word -> word.startsWith("-") && !OPTIONS.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new IllegalArgumentException("A transcript may use " + OPTIONS + ", but not " + word);
                });
        return new Curl(List.copyOf(words.subList(1, words.size())), pretty);
    }

    /** Sends it to another port than the one that it names, and answers what would be printed. */
    String output(HttpClient client, int port) throws Exception {
        if (words.contains("-sN")) {
            return stream(client, port);
        }
        HttpResponse<String> answer = client.send(request(port), BodyHandlers.ofString());
        if (words.contains("-o")) { // /dev/null
            return "";
        }
        var output = new StringBuilder();
        if (words.contains("-i") || words.contains("-si")) {
            output.append("HTTP/1.1 ")
                    .append(answer.statusCode())
                    .append(' ')
                    .append(reason(answer))
                    .append('\n');
            for (String name : HEADERS) {
                answer.headers().firstValue(name).ifPresent(value -> output.append(name + ": " + value + "\n"));
            }
            output.append("...\n\n");
        }
        output.append(pretty ? pretty(answer.body()) : answer.body().stripTrailing());
        return output.toString().stripTrailing() + "\n";
    }

    /** A stream has no end by itself: what comes until it is live, which on an idle server is all that comes in time. */
    private String stream(HttpClient client, int port) throws Exception {
        List<String> output = new ArrayList<>();
        HttpResponse<Stream<String>> answer = client.send(request(port), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            Iterator<String> each = lines.iterator();
            while (!(output.contains("event: live") && output.getLast().isEmpty()) && each.hasNext()) {
                output.add(each.next());
            }
        }
        return String.join("\n", output).stripTrailing() + "\n";
    }

    private HttpRequest request(int port) {
        String url = words.stream()
                .filter(word -> word.startsWith("http://127.0.0.1:7070"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no URL of http://127.0.0.1:7070 in " + words));
        var request = HttpRequest.newBuilder(URI.create(url.replace(":7070", ":" + port)))
                .timeout(Waiting.PATIENCE);
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-H")) {
                String[] header = words.get(i + 1).split(": ", 2);
                request.header(header[0], header[1]);
            }
        }
        boolean sends = words.contains("-d");
        String method = words.contains("-X") ? after("-X") : sends ? "POST" : "GET";
        return request.method(method, sends ? BodyPublishers.ofString(after("-d")) : BodyPublishers.noBody())
                .build();
    }

    private String after(String option) {
        return words.get(words.indexOf(option) + 1);
    }

    private static String pretty(String body) throws JsonProcessingException {
        return JSON.writer(AS_JQ).writeValueAsString(JSON.readTree(body));
    }

    /** Java's client does not keep the words behind the status. */
    private static String reason(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 422 -> "Unprocessable Content";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("How is " + answer.statusCode() + " called?");
        };
    }
}
