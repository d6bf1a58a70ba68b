package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place in the description, with every reference on the way to it followed. Immutable.
 *
 * @param root the whole description
 * @param pointer where in it, as a JSON Pointer
 * @param node what is there; a missing node when there is nothing
 */
public record Place(JsonNode root, String pointer, JsonNode node) {

    static Place root(JsonNode root) {
        return new Place(root, "", root);
    }

    /** What is under a name. */
    public Place get(String name) {
        JsonNode child = node.path(name);
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new Place(root, pointer + "/" + escaped, child).followed();
    }

    /** The elements of a list. */
    public List<Place> elements() {
        return Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                .map(i -> new Place(root, pointer + "/" + i, node.path(i)).followed())
                .toList();
    }

    /** A place by its JSON Pointer, from the root. */
    public Place at(String other) {
        return new Place(root, other, root.at(other));
    }

    private Place followed() {
        // A schema may say more beside its reference, so it stays where it is.
        JsonNode ref = node.path("$ref");
        return ref.isTextual() && node.size() == 1
                ? at(ref.textValue().substring(1)).followed()
                : this;
    }

    /** The names that there are. */
    public List<String> names() {
        return node.propertyStream().map(java.util.Map.Entry::getKey).toList();
    }

    /** This, if there is something. */
    public Optional<Place> present() {
        return Optional.of(this).filter(place -> !(place.node instanceof MissingNode));
    }

    /** What is here, as text. */
    public String text() {
        return node.asText();
    }
}
