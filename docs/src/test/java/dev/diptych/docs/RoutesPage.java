package dev.diptych.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.api.openapi.OpenApiRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code docs/reference/routes.md}: every route, as the OpenAPI document describes it, to which the server is held. */
final class RoutesPage {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private RoutesPage() {}

    static GeneratedPage current() throws IOException {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream("openapi.json")) {
            return of(new ObjectMapper().readTree(in));
        }
    }

    static GeneratedPage of(JsonNode document) {
        var page = new StringBuilder("""
                # Routes

                Every route, with the statuses that it can answer with. Parameters, bodies and examples are in the OpenAPI document,
                which the program serves as `/openapi.json` and `/openapi.yaml`; headers are in [http.md](http.md), problems in
                [problems.md](problems.md). This page is written by a test from that document.
                """);
        for (JsonNode tag : document.get("tags")) {
            page.append("%n## %s%n%n%s.%n%n| route | does | answers |%n|---|---|---|%n"
                    .formatted(tag.get("name").asText(), tag.get("description").asText()));
            document.get("paths").properties().forEach(path -> routes(page, tag, path));
        }
        return new GeneratedPage("docs/reference/routes.md", page.toString());
    }

    private static void routes(StringBuilder page, JsonNode tag, Map.Entry<String, JsonNode> path) {
        path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .filter(operation -> operation.getValue().get("tags").get(0).equals(tag.get("name")))
                .forEach(operation -> page.append("| `%s %s` | %s | %s |%n"
                        .formatted(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue().get("summary").asText(),
                                statuses(operation.getValue().get("responses")))));
    }

    private static String statuses(JsonNode responses) {
        Iterable<String> names = responses::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).sorted().collect(Collectors.joining(", "));
    }
}
