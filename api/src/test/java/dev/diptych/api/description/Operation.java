package dev.diptych.api.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One route in the description. Immutable.
 *
 * @param method in upper case
 * @param path with its parameters in braces
 * @param item where the path is described
 */
public record Operation(String method, String path, Place item) {

    /** Where the route is described. */
    public Place place() {
        return item.get(method.toLowerCase(Locale.ROOT));
    }

    /** Its name in the description. */
    public String id() {
        return place().get("operationId").text();
    }

    /** As {@code GET /orders/{order_id}}. */
    public String route() {
        return method + " " + path;
    }

    /** Its answers by their status. */
    public Map<Integer, Place> answers() {
        Map<Integer, Place> answers = new LinkedHashMap<>();
        Place responses = place().get("responses");
        responses.names().forEach(status -> answers.put(Integer.valueOf(status), responses.get(status)));
        return answers;
    }

    /** Its parameters, those of the path too. */
    public List<Place> parameters() {
        List<Place> parameters = new ArrayList<>(item.get("parameters").elements());
        parameters.addAll(place().get("parameters").elements());
        return parameters;
    }

    /** Whether it has a parameter or header of that name. */
    public boolean takes(String name) {
        return parameters().stream()
                .anyMatch(parameter -> parameter.get("name").text().equals(name));
    }

    /** What its body has to be, if it takes one. */
    public Optional<Place> body() {
        return place().get("requestBody").get("content").get("application/json").present();
    }

    boolean matches(String actual) {
        return Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/]+") + "/?", actual);
    }
}
