package dev.diptych.api.description;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks responses against the description: status, headers, media type and body; and checks accepted requests.
 * Thread-safe.
 */
public final class AnswerCheck {

    /** The headers of HTTP itself, which the description omits. */
    private static final Set<String> OF_HTTP =
            Set.of(":status", "connection", "content-length", "content-type", "date", "transfer-encoding");

    /** What every answer carries: described once, and held to that by SecurityHeadersTest and TracingTest. */
    private static final Set<String> IN_EVERY_ANSWER = Set.of(
            "cache-control",
            "content-security-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "referrer-policy",
            "traceresponse",
            "vary",
            "x-content-type-options");

    private static final String UNEXPECTED = "it was done, though by its description it cannot be sent: ";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The check against the description that the server returns. */
    public static final AnswerCheck API = new AnswerCheck(Description.API);

    private final Description description;
    private final Schemas schemas;

    /** A check by a description. */
    public AnswerCheck(Description description) {
        this.description = description;
        this.schemas = new Schemas(description.root().node());
    }

    /**
     * Looks at a request and its answer.
     *
     * @throws AssertionError when they are not as described
     */
    public void check(Exchange exchange) {
        List<String> faults = faults(exchange);
        if (!faults.isEmpty()) {
            throw new AssertionError("Not as openapi.yaml describes it: " + faults + "\n" + exchange);
        }
    }

    /** Returns the violations. */
    public List<String> faults(Exchange exchange) {
        String path = exchange.uri().getRawPath();
        if (Description.isOutside(path)) {
            return List.of();
        }
        List<Operation> routes = description.under(path);
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Optional<Operation> route =
                routes.stream().filter(each -> each.method().equals(method)).findFirst();
        Optional<Place> answer = route.map(
                        each -> Optional.ofNullable(each.answers().get(exchange.status())))
                .orElse(description.answerOutside(exchange.status(), !routes.isEmpty()));
        if (answer.isEmpty()) {
            return List.of("the status " + exchange.status() + " is not described for "
                    + route.map(Operation::route).orElse("a path or method that is not either"));
        }
        List<String> faults = new ArrayList<>(headers(answer.get().get("headers"), exchange));
        faults.addAll(body(answer.get().get("content"), exchange));
        if (exchange.status() < 300) {
            route.ifPresent(each -> faults.addAll(request(each, exchange)));
        }
        return faults;
    }

    /** Returns the violations of a problem, including one for an invalid request. */
    public List<String> problemFaults(int status, String body) {
        JsonNode problem = json(body);
        List<String> faults = new ArrayList<>(schemas.faults(
                description.root().get("components").get("schemas").get("Problem"), problem));
        List<Integer> statuses =
                description.problems().getOrDefault(problem.path("type").asText(), List.of());
        if (!statuses.contains(status) || problem.path("status").asInt() != status) {
            faults.add(problem.path("type").asText() + " is not described for the status " + status);
        }
        return faults;
    }

    /** Returns the errors of the document. */
    public List<String> documentFaults() {
        return Schemas.documentFaults(description.root().node());
    }

    /** Returns the violations of a schema by a value. */
    public List<String> valueFaults(Place schema, JsonNode value) {
        return schemas.faults(schema, json(value.toString()));
    }

    private List<String> headers(Place described, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        for (String name : described.names()) {
            Place header = described.get(name);
            Optional<String> value = exchange.header(name);
            value.ifPresent(text ->
                    header(header, text).forEach(fault -> faults.add("header " + name + " = " + text + " " + fault)));
            if (value.isEmpty() && header.get("required").node().asBoolean()) {
                faults.add("the header " + name + " is missing");
            }
        }
        exchange.headers().keySet().stream()
                .filter(name -> !OF_HTTP.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> !IN_EVERY_ANSWER.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> described.names().stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> faults.add("the header " + name + " is not described"));
        return faults;
    }

    private List<String> header(Place header, String text) {
        return textFaults(header.get("schema"), text);
    }

    /** Returns the violations of a schema by the text of a header or parameter. */
    public List<String> textFaults(Place schema, String text) {
        boolean number = schema.get("type").text().equals("integer") && text.matches("-?\\d{1,18}");
        return schemas.faults(schema, number ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text));
    }

    private List<String> body(Place content, Exchange exchange) {
        if (content.present().isEmpty()) {
            return exchange.received().isEmpty() ? List.of() : List.of("there is a body, and none is described");
        }
        Place form = content.get(exchange.mediaType());
        if (form.present().isEmpty()) {
            return List.of("the media type " + exchange.mediaType() + " is not described");
        }
        if (exchange.method().equals("HEAD")) {
            return exchange.received().isEmpty() ? List.of() : List.of("the answer to a HEAD has a body");
        }
        boolean json = exchange.mediaType().endsWith("json");
        return schemas.faults(
                form.get("schema"), json ? json(exchange.received()) : TextNode.valueOf(exchange.received()));
    }

    private List<String> request(Operation route, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        exchange.sent()
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> route.body()
                        .map(body -> schemas.faults(body.get("schema"), json(text)))
                        .orElse(List.of("a body is not described"))
                        .forEach(fault -> faults.add(UNEXPECTED + fault)));
        for (Map.Entry<String, String> parameter : exchange.parameters().entrySet()) {
            Optional<Place> described = route.parameters().stream()
                    .filter(each -> each.get("in").text().equals("query"))
                    .filter(each -> each.get("name").text().equals(parameter.getKey()))
                    .findFirst();
            described
                    .map(each -> header(each, parameter.getValue()))
                    .orElse(List.of("it is not described"))
                    .forEach(fault -> faults.add(UNEXPECTED + parameter.getKey() + " " + fault));
        }
        return faults;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf("not JSON: " + text);
        }
    }
}
