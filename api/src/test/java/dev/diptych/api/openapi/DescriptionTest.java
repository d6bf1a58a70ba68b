package dev.diptych.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.NodeState;
import dev.diptych.api.description.Description;
import dev.diptych.api.description.Operation;
import dev.diptych.api.support.OnEachStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A running server has the routes that are described, and answers the examples as these say. */
class DescriptionTest extends OnEachStore {

    private static final String HOW = "%s. Add or correct the route under paths in"
            + " api/src/main/resources/dev/diptych/api/openapi/openapi.yaml, with every status, header and"
            + " problem, and an example (as other routes have). A route outside the API must be listed in"
            + " Description.OUTSIDE.";

    @Test
    void exactly_the_existing_routes_are_described() {
        List<String> served = served();
        assertThat(undescribed(served, Description.API))
                .as(HOW, "Routes that are not described")
                .isEmpty();
        assertThat(unserved(served, Description.API))
                .as(HOW, "Described routes that are not there")
                .isEmpty();
    }

    @Test
    void every_get_route_supports_head() {
        assertThat(served().stream().filter(route -> route.startsWith("GET ")))
                .allMatch(route -> served().contains(route.replaceFirst("GET", "HEAD")));
    }

    @Test
    void undescribed_and_missing_routes_are_detected() {
        List<String> served = served();
        List<String> more = Stream.concat(
                        served.stream(), Stream.of("DELETE /orders/{order_id}", "GET /lab/x", "GET /"))
                .toList();
        assertThat(undescribed(more, Description.API)).containsExactly("DELETE /orders/{order_id}");
        var fewer =
                served.stream().filter(route -> !route.equals("POST /orders")).toList();
        assertThat(unserved(fewer, Description.API)).containsExactly("POST /orders");
    }

    @Test
    void every_request_example_has_its_response_example() {
        assertThat(new SentExamples(Description.API, http).deviations())
                .as("openapi.yaml says of examples that do not hold")
                .isEmpty();
    }

    private List<String> served() {
        return NodeState.routes(diptych).stream()
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    private static Set<String> undescribed(List<String> served, Description description) {
        var left = new TreeSet<>(served);
        left.removeIf(route -> Description.isOutside(route.substring(route.indexOf(' ') + 1)));
        left.removeIf(route -> route.startsWith("HEAD ") && served.contains(route.replaceFirst("HEAD", "GET")));
        description.operations().forEach(operation -> left.remove(operation.route()));
        return left;
    }

    private static List<String> unserved(List<String> served, Description description) {
        return description.operations().stream()
                .map(Operation::route)
                .filter(route -> !served.contains(route))
                .toList();
    }
}
