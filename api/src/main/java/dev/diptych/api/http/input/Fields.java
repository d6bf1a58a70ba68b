package dev.diptych.api.http.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.diptych.api.http.problem.Fault;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.eventstore.Text;
import dev.diptych.core.money.Money;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the fields of a JSON object, and collects all faults instead of failing at the first. For an invalid field, a
 * method returns a substitute value; call {@link #check()} before using any value.
 */
public final class Fields {

    private static final String ID_FORM =
            "a string of 1 to 64 letters, digits, dots, underscores or hyphens that begins with a letter or digit";

    private final JsonNode object;
    private final String field;
    private final String pointer;
    private final List<Fault> faults;
    private final Set<String> known = new TreeSet<>();

    Fields(JsonNode object) {
        this(object, "", "", new ArrayList<>());
        if (!object.isObject()) {
            faults.add(new Fault("", "", "must be a JSON object"));
        }
    }

    private Fields(JsonNode object, String field, String pointer, List<Fault> faults) {
        this.object = object;
        this.field = field;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** A required id. */
    public String id(String name) {
        return id(name, required(name, ID_FORM));
    }

    /** An optional id. */
    public Optional<String> optionalId(String name) {
        JsonNode node = get(name);
        return node.isMissingNode() ? Optional.empty() : Optional.of(id(name, node));
    }

    private String id(String name, JsonNode node) {
        if (!node.isMissingNode()
                && !(node.isTextual() && Text.ID.matcher(node.textValue()).matches())) {
            fault(name, "must be " + ID_FORM);
        }
        return node.asText();
    }

    /** A required text of at most {@code maxLength} characters, not blank. */
    public String text(String name, int maxLength) {
        String form = "a string of 1 to " + maxLength + " characters, not blank, without U+0000 or unpaired surrogates";
        JsonNode node = required(name, form);
        if (!node.isMissingNode() && !(node.isTextual() && Text.isText(node.textValue(), maxLength))) {
            fault(name, "must be " + form);
        }
        return node.asText();
    }

    /** A required whole number from {@code least} to {@code most}. */
    public int integer(String name, int least, int most) {
        JsonNode node = required(name, "a whole number");
        boolean valid = node.isIntegralNumber() && node.canConvertToInt();
        if (!node.isMissingNode() && (!valid || node.intValue() < least || node.intValue() > most)) {
            fault(name, "must be a whole number from " + least + " to " + most);
        }
        return valid ? node.intValue() : least;
    }

    /** A required amount from 0 to {@code most}, as a string or a number in plain notation. */
    public Money money(String name, Money most) {
        String form = "an amount from 0 to " + most + " in plain notation with at most two decimals, such as \"12.50\"";
        JsonNode node = required(name, form);
        if (node.isMissingNode()) {
            return Money.ZERO;
        }
        try {
            Money money = Money.of(node.isNumber() ? node.decimalValue().toPlainString() : node.asText());
            if ((node.isNumber() || node.isTextual())
                    && money.compareTo(Money.ZERO) >= 0
                    && money.compareTo(most) <= 0) {
                return money;
            }
        } catch (NumberFormatException e) {
            // falls through to the same fault
        }
        fault(name, "must be " + form);
        return Money.ZERO;
    }

    /** A required list of {@code least} to {@code most} objects. */
    public <T> List<T> list(String name, int least, int most, Function<Fields, T> element) {
        String form = "a list of " + least + " to " + most + " objects";
        JsonNode node = required(name, form);
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray() || node.size() < least || node.size() > most) {
            fault(name, "must be " + form);
            return List.of();
        }
        List<T> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(
                    element(node.get(i), path(name) + "[" + i + "]", pointer + "/" + escaped(name) + "/" + i, element));
        }
        return elements;
    }

    private <T> T element(JsonNode node, String place, String at, Function<Fields, T> read) {
        if (!node.isObject()) {
            faults.add(new Fault(place, at, "must be a JSON object"));
            return read.apply(
                    new Fields(node, place, at, new ArrayList<>())); // separate list: its faults would be redundant
        }
        var inner = new Fields(node, place, at, faults);
        T value = read.apply(inner);
        inner.noteUnknown();
        return value;
    }

    /** Records a fault for each element whose value repeats that of an earlier element. */
    public <T> void distinct(String list, String name, List<T> elements, Function<T, String> value) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            String each = value.apply(elements.get(i));
            if (!each.isEmpty() && !seen.add(each)) {
                faults.add(new Fault(
                        path(list) + "[" + i + "]." + name,
                        pointer + "/" + escaped(list) + "/" + i + "/" + escaped(name),
                        "occurs more than once; list each once, with the total quantity"));
            }
        }
    }

    /**
     * Completes the reading. A field that no method has read is a fault.
     *
     * @throws ProblemException 422 with all faults, if there are any
     */
    public void check() {
        noteUnknown();
        if (!faults.isEmpty()) {
            throw Problem.invalid(ProblemType.INVALID_FIELDS, faults).asException();
        }
    }

    /**
     * A digest of the target and the JSON value; white space and the order of fields do not affect it.
     *
     * @param target the method and the target of the request
     * @return a SHA-256 digest as 64 hexadecimal digits
     */
    public String digest(String target) {
        return HexFormat.of()
                .formatHex(Sha256.of((target + "\n").getBytes(StandardCharsets.UTF_8), Json.canonical(object)));
    }

    private void noteUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, known.isEmpty() ? "is unknown; no field is allowed" : "is unknown; allowed are " + known);
            }
        });
    }

    private JsonNode required(String name, String form) {
        JsonNode node = get(name);
        if (node.isMissingNode() && object.isObject()) {
            fault(name, "is missing; it must be " + form);
        }
        return node;
    }

    private JsonNode get(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null ? MissingNode.getInstance() : node;
    }

    private void fault(String name, String message) {
        faults.add(new Fault(path(name), pointer + "/" + escaped(name), message));
    }

    private String path(String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
