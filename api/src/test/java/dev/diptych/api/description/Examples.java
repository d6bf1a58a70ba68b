package dev.diptych.api.description;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks every example of a description against its schema. Not thread-safe. */
public final class Examples {

    private final AnswerCheck check;
    private final List<String> faults = new ArrayList<>();

    private Examples(Description description) {

        this.check = new AnswerCheck(description);
    }

    /** Returns the examples that violate their schemas, or do not violate them although they must be rejected. */
    public static List<String> faults(Description description) {
        var examples = new Examples(description);
        description.operations().forEach(examples::route);
        Place components = description.root().get("components");
        examples.children(components.get("schemas")).forEach(examples::schema);
        examples.children(components.get("parameters")).forEach(each -> examples.schema(each.get("schema")));
        return examples.faults.stream().distinct().toList();
    }

    private void route(Operation route) {
        route.parameters().forEach(parameter -> sent(route, parameter));
        route.body().ifPresent(body -> sent(route, body));
        for (Place answer : route.answers().values()) {
            Stream.concat(children(answer.get("content")), children(answer.get("headers")))
                    .forEach(place -> values(place).forEach(value -> valid(place.get("schema"), value)));
        }
    }

    /** An example that is answered with 400 or 422 is there to be refused, unless that is for another part of it. */
    private void sent(Operation route, Place place) {
        place.get("example").present().ifPresent(value -> valid(place.get("schema"), value));
        Place examples = place.get("examples");
        for (String name : examples.names()) {
            Place value = examples.get(name).get("value");
            int status =
                    new Example(route, name).statuses().stream().findFirst().orElse(0);
            if (status != 400 && status != 422) {
                valid(place.get("schema"), value);
            } else if (faults(place.get("schema"), value).isEmpty()) {
                faults.add(value.pointer() + " is answered with " + status + ", though its schema allows it");
            }
        }
    }

    private void schema(Place schema) {
        schema.get("examples").elements().forEach(value -> valid(schema, value));
        children(schema.get("properties")).forEach(this::schema);
    }

    private Stream<Place> values(Place place) {
        return children(place.get("examples")).map(example -> example.get("value"));
    }

    private Stream<Place> children(Place place) {
        return place.names().stream().map(place::get);
    }

    private void valid(Place schema, Place value) {
        faults(schema, value).stream()
                .findFirst()
                .ifPresent(fault -> faults.add(value.pointer() + " is not what its schema says: " + fault));
    }

    private List<String> faults(Place schema, Place value) {
        return value.node().isTextual()
                ? check.textFaults(schema, value.text())
                : check.valueFaults(schema, value.node());
    }
}
