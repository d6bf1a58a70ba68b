package dev.diptych.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.description.Description;
import dev.diptych.api.description.Example;
import dev.diptych.api.description.Operation;
import dev.diptych.api.description.Place;
import dev.diptych.api.description.Shape;
import dev.diptych.api.support.Http;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the examples of a description to a new server, in its order; each query with the token of the last command, and
 * all in the history of the server, as no example in a document can know these. Used by one thread.
 */
final class SentExamples {

    private static final String TOKEN = "Consistency-Token";

    /** In the examples, it stands for the history of the server. */
    private static final String HISTORY = "a7f3c15b20e9";

    private final Description description;
    private final Http http;
    private String token = "";
    private String history = "";
    private final List<String> deviations = new ArrayList<>();

    SentExamples(Description description, Http http) {
        this.description = description;
        this.http = http;
    }

    /** What was answered otherwise than by the example of the same name. */
    List<String> deviations() {
        Example.of(description).forEach(this::send);
        return deviations;
    }

    private void send(Example example) {
        List<Integer> statuses = example.statuses();
        if (statuses.size() != 1) {
            deviations.add(example + " has an example of its answer under " + statuses + " instead of one status");
            return;
        }
        BodyPublisher body = example.body()
                .map(json -> BodyPublishers.ofString(json.toString()))
                .orElse(BodyPublishers.noBody());
        HttpRequest.Builder request =
                http.request(example.target()).method(example.route().method(), body);
        example.body().ifPresent(json -> request.header("Content-Type", "application/json"));
        List<String> headers = example.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1).replace(HISTORY, history));
        }
        if (example.route().takes(TOKEN) && !token.isEmpty()) {
            request.header(TOKEN, token).header("Prefer", "wait=30");
        }
        compare(example, statuses.getFirst(), http.send(request));
    }

    private void compare(Example example, int status, Http.Answer answer) {
        if (!answer.header(TOKEN).isEmpty()) {
            token = answer.header(TOKEN);
            history = answer.header("ETag").replaceFirst("^\"\\d+\\.(.*)\"$", "$1");
        }
        if (answer.status() != status) {
            deviations.add(example + " is answered with " + answer.status() + " instead of " + status + ": "
                    + answer.response().body());
            return;
        }
        example.answer(status)
                .map(expected -> expected.isTextual()
                        ? missing(expected.asText(), answer.response().body())
                        : Shape.differences(expected, answer.json()))
                .orElse(List.of())
                .forEach(difference -> deviations.add(example + ": " + difference));
        Place links = example.route().answers().get(status).get("links");
        links.names().forEach(name -> follow(example, links.get(name), answer));
    }

    /** The lines that an answer in text lacks, whatever the numbers at their ends. */
    private static List<String> missing(String expected, String text) {
        List<String> there = text.lines().map(SentExamples::withoutNumber).toList();
        return expected.lines()
                .filter(line -> !there.contains(withoutNumber(line)))
                .map(line -> "the line " + line + " is missing")
                .toList();
    }

    private static String withoutNumber(String line) {
        return line.replaceFirst(" [\\d.E+-]+$", "");
    }

    private void follow(Example example, Place link, Http.Answer from) {
        Operation route = description.operations().stream()
                .filter(each -> each.id().equals(link.get("operationId").text()))
                .findFirst()
                .orElseThrow();
        String target = route.path();
        HttpRequest.Builder request = http.request("/").header("Prefer", "wait=30");
        Place parameters = link.get("parameters");
        for (String name : parameters.names()) {
            String value = evaluated(parameters.get(name).text(), from);
            if (target.contains("{" + name + "}")) {
                target = target.replace("{" + name + "}", value);
            } else {
                request.header(name, value);
            }
        }
        Http.Answer answer = http.send(request.uri(http.request(target).build().uri()));
        if (answer.status() != 200 || !answer.header("ETag").equals(from.header("ETag"))) {
            deviations.add(example + " links to " + target + ", which is answered with " + answer.status()
                    + " at version " + answer.header("ETag"));
        }
    }

    /** A runtime expression: {@code $response.body#/order_id}, or a header of the answer. */
    private static String evaluated(String expression, Http.Answer from) {
        if (expression.startsWith("$response.body#")) {
            JsonNode value = from.json().at(expression.substring("$response.body#".length()));
            return value.asText();
        }
        return from.header(expression.substring("$response.header.".length()));
    }
}
