package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares a response with its example: members must be equal, and values too unless they vary. */
public final class Shape {

    private static final Set<String> VARYING = Set.of(
            "current_version",
            "detail",
            "instance",
            "errors",
            "position",
            "head",
            "lag",
            "lag_seconds",
            "node",
            "state");
    /** The node and the rebuild of a projection, which may be missing. */
    private static final Set<String> MAYBE = Set.of("node", "rebuild");

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Shape() {}

    /** Returns the differences of a response from its example. */
    public static List<String> differences(JsonNode example, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare("", example, actual, true, differences);
        return differences;
    }

    private static void compare(
            String at, JsonNode example, JsonNode actual, boolean values, List<String> differences) {
        if (example.getNodeType() != actual.getNodeType()) {
            differences.add(at + " is " + actual + ", and " + example + " in the example");
        } else if (example.isObject()) {
            members(at, example, actual, values, differences);
        } else if (example.isArray()) {
            elements(at, example, actual, values, differences);
        } else if (values && !example.asText().equals(actual.asText()) && !isMade(example, actual)) {
            differences.add(at + " is " + actual + ", and " + example + " in the example");
        }
    }

    private static void members(
            String at, JsonNode example, JsonNode actual, boolean values, List<String> differences) {
        var expected = new TreeSet<String>();
        example.fieldNames().forEachRemaining(expected::add);
        var there = new TreeSet<String>();
        actual.fieldNames().forEachRemaining(there::add);
        if (!withoutMaybe(expected).equals(withoutMaybe(there))) {
            differences.add(at + " has the members " + there + ", and " + expected + " in the example");
        }
        expected.stream()
                .filter(there::contains)
                .forEach(name -> compare(
                        at + "/" + name,
                        example.get(name),
                        actual.get(name),
                        values && !VARYING.contains(name) && !name.endsWith("_at"),
                        differences));
    }

    private static Set<String> withoutMaybe(Set<String> names) {
        var rest = new TreeSet<>(names);
        rest.removeAll(MAYBE);
        return rest;
    }

    private static void elements(
            String at, JsonNode example, JsonNode actual, boolean values, List<String> differences) {
        if (values ? example.size() != actual.size() : example.isEmpty() != actual.isEmpty()) {
            differences.add(at + " has " + actual.size() + " elements, and " + example.size() + " in the example");
        }
        for (int i = 0; i < Math.min(example.size(), actual.size()); i++) {
            compare(at + "/" + i, example.get(i), actual.get(i), values, differences);
        }
    }

    /** Generated ids vary. */
    private static boolean isMade(JsonNode example, JsonNode actual) {
        return example.asText().matches(UUID) && actual.asText().matches(UUID);
    }
}
