package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.diptych.api.openapi.OpenApiRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The description of the API. Immutable. */
public final class Description {

    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** The description that the server returns. */
    public static final Description API = new Description(yaml());

    /** The routes that are not part of the API: the web page, and the routes of {@code --lab}. */
    public static final List<String> OUTSIDE = List.of("/", "/page", "/lab");

    private final Place root;
    private final List<Operation> operations;

    /** Creates a description from a document. */
    public Description(JsonNode document) {
        this.root = Place.root(document);
        Place paths = root.get("paths");
        this.operations = paths.names().stream()
                .flatMap(path -> paths.get(path).names().stream()
                        .filter(METHODS::contains)
                        .map(method -> new Operation(method.toUpperCase(Locale.ROOT), path, paths.get(path))))
                .toList();
    }

    private static JsonNode yaml() {
        try (InputStream in = resource("openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one of the files that the server returns. */
    public static InputStream resource(String name) {
        return Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(name), name);
    }

    /** Returns a copy with one planted change. */
    public Description with(String pointer, String json) {
        try {
            JsonNode copy = root.node().deepCopy();
            int last = pointer.lastIndexOf('/');
            JsonNode parent = copy.at(pointer.substring(0, last));
            String name = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
            JsonNode value = new ObjectMapper().readTree(json);
            if (parent instanceof ArrayNode list) {
                list.set(Integer.parseInt(name), value);
            } else {
                ((ObjectNode) parent).set(name, value);
            }
            return new Description(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the root of the document. */
    public Place root() {
        return root;
    }

    /** Returns all routes, in the order of the document. */
    public List<Operation> operations() {
        return operations;
    }

    /** Returns whether a path is outside the API. */
    public static boolean isOutside(String path) {
        return OUTSIDE.stream()
                .anyMatch(each -> path.equals(each) || (!each.equals("/") && path.startsWith(each + "/")));
    }

    /** Returns the routes of the path of a request; empty for an unknown path. */
    public List<Operation> under(String path) {
        List<Operation> exact =
                operations.stream().filter(each -> each.path().equals(path)).toList();
        return exact.isEmpty()
                ? operations.stream().filter(each -> each.matches(path)).toList()
                : exact;
    }

    /** Returns the response for an undescribed path or method. */
    public Optional<Place> answerOutside(int status, boolean pathIsKnown) {
        Place responses = root.get("components").get("responses");
        return switch (status) {
            case 204 -> pathIsKnown ? Optional.of(responses.get("Options")) : Optional.empty();
            case 400 -> Optional.of(responses.get("BadRequest"));
            case 401 -> Optional.of(responses.get("TokenRequired"));
            case 403 -> Optional.of(responses.get("Forbidden"));
            case 404 -> pathIsKnown ? Optional.empty() : Optional.of(responses.get("NotFound"));
            case 405 -> pathIsKnown ? Optional.of(responses.get("MethodNotAllowed")) : Optional.empty();
            case 421 -> Optional.of(responses.get("Misdirected"));
            case 414 -> Optional.of(responses.get("UriTooLong"));
            case 431 -> Optional.of(responses.get("HeadersTooLarge"));
            default -> Optional.empty();
        };
    }

    /** Returns every described problem type with its statuses; several if the document is inconsistent. */
    public Map<String, List<Integer>> problems() {
        Map<String, List<Integer>> problems = new TreeMap<>();
        answers()
                .map(answer -> answer.get("content")
                        .get("application/problem+json")
                        .get("schema")
                        .get("properties"))
                .forEach(properties -> properties
                        .get("type")
                        .get("enum")
                        .elements()
                        .forEach(type -> {
                            List<Integer> statuses = problems.computeIfAbsent(type.text(), each -> new ArrayList<>());
                            int status =
                                    properties.get("status").get("const").node().asInt();
                            if (!statuses.contains(status)) {
                                statuses.add(status);
                            }
                        }));
        return problems;
    }

    /** Returns all responses, including those without a route. */
    private Stream<Place> answers() {
        return Stream.concat(
                operations.stream().flatMap(each -> each.answers().values().stream()),
                Stream.of(root.get("components").get("responses").get("MethodNotAllowed")));
    }
}
