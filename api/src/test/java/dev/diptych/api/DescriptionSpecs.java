package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.description.Description;
import dev.diptych.api.description.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A running server has the routes that are described, and answers the examples as these say, on whatever store. */
abstract class DescriptionSpecs extends OnStore {

    private static final String HOW =
            "%s. The description of the API comes first: add or correct the route under paths in"
                    + " api/src/main/resources/dev/diptych/api/openapi/openapi.yaml, with every status, header, problem and an"
                    + " example (a neighbour shows how). A route that is no part of the API is listed in"
                    + " Description.OUTSIDE.";

    @Test
    void every_route_is_described_and_none_is_described_that_is_not_there() {
        List<String> served = served();
        assertThat(undescribed(served, Description.API))
                .as(HOW, "Routes that are not described")
                .isEmpty();
        assertThat(unserved(served, Description.API))
                .as(HOW, "Described routes that are not there")
                .isEmpty();
    }

    @Test
    void wherever_there_is_a_get_there_is_a_head() {
        assertThat(served().stream().filter(route -> route.startsWith("GET ")))
                .allMatch(route -> served().contains(route.replaceFirst("GET", "HEAD")));
    }

    @Test
    void a_route_that_is_not_described_is_found_and_one_that_is_not_served() {
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
    void every_example_is_answered_as_the_example_of_the_same_name() {
        assertThat(new SentExamples(Description.API, http).deviations())
                .as("openapi.yaml says of examples that do not hold")
                .isEmpty();
    }

    private List<String> served() {
        return diptych.routes().stream()
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
