package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An example of a request to a route, with the answer whose example has the same name. Immutable.
 *
 * @param name empty for a route whose request says nothing by which it could differ from another
 */
public record Example(Operation route, String name) {

    /** Returns all examples of a description, in order. */
    public static List<Example> of(Description description) {
        return description.operations().stream()
                .flatMap(route -> names(route).stream().map(name -> new Example(route, name)))
                .toList();
    }

    private static Set<String> names(Operation route) {
        Set<String> names = new LinkedHashSet<>();
        route.body().ifPresent(body -> names.addAll(body.get("examples").names()));
        route.parameters().forEach(each -> names.addAll(each.get("examples").names()));
        if (names.isEmpty()) {
            route.answers().entrySet().stream()
                    .filter(answer -> answer.getKey() < 300)
                    .flatMap(answer -> contents(answer.getValue()).stream())
                    .forEach(content -> names.addAll(content.get("examples").names()));
        }
        return names.isEmpty() ? Set.of("") : names;
    }

    /** The path and the parameters after it. */
    public String target() {
        String target = route.path();
        List<String> query = new ArrayList<>();
        for (Place parameter : route.parameters()) {
            String parameterName = parameter.get("name").text();
            String in = parameter.get("in").text();
            Optional<String> value = value(parameter);
            if (in.equals("path")) {
                target = target.replace("{" + parameterName + "}", value.orElse(""));
            } else if (in.equals("query")) {
                value.ifPresent(text -> query.add(parameterName + "=" + text));
            }
        }
        return target + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** The headers, as names and values in turn. */
    public List<String> headers() {
        return route.parameters().stream()
                .filter(parameter -> parameter.get("in").text().equals("header"))
                .flatMap(parameter -> value(parameter).stream()
                        .flatMap(value -> Stream.of(parameter.get("name").text(), value)))
                .toList();
    }

    /** The example of this name; else one that has none; else, for what must be there, the first. */
    private Optional<String> value(Place parameter) {
        Place examples = parameter.get("examples");
        Optional<Place> value = examples.get(name)
                .get("value")
                .present()
                .or(() -> parameter.get("example").present());
        return value.or(() -> Optional.of(examples)
                        .filter(all -> parameter.get("required").node().asBoolean())
                        .map(all -> all.get(all.names().getFirst()).get("value")))
                .map(Place::text);
    }

    /** The body, if the route takes one that has examples. */
    public Optional<JsonNode> body() {
        return route.body()
                .map(body -> body.get("examples"))
                .filter(all -> !all.names().isEmpty())
                .map(all -> all.get(
                                all.names().contains(name) ? name : all.names().getFirst())
                        .get("value")
                        .node());
    }

    /** Under which statuses an answer has an example of this name; exactly one, if the description is right. */
    public List<Integer> statuses() {
        return route.answers().entrySet().stream()
                .filter(answer -> name.isEmpty() ? answer.getKey() == 200 : answers(answer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean answers(Place answer) {
        Place headers = answer.get("headers");
        return Stream.concat(contents(answer).stream(), headers.names().stream().map(headers::get))
                .anyMatch(each -> each.get("examples").names().contains(name));
    }

    /** The example of the body of the answer with a status, if it has one. */
    public Optional<JsonNode> answer(int status) {
        return contents(route.answers().get(status)).stream()
                .map(content -> content.get("examples").get(name).get("value"))
                .flatMap(value -> value.present().stream())
                .map(Place::node)
                .findFirst();
    }

    private static List<Place> contents(Place answer) {
        Place content = answer.get("content");
        return content.names().stream().map(content::get).toList();
    }

    @Override
    public String toString() {
        return route.route() + (name.isEmpty() ? "" : ", example " + name);
    }
}
