package dev.diptych.api.http.input;

import dev.diptych.api.http.problem.Fault;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.Text;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the parameters of a query, and collects all faults instead of failing at the first. For an absent or invalid
 * parameter, a method returns empty or its default; call {@link #check()} before using any value.
 */
public final class Parameters {

    /** The required form of an event id, for error messages. */
    public static final String EVENT_ID = "must be the id of an event in an event stream, unchanged";

    /** The name of the parameter with a cursor. */
    public static final String CURSOR = "cursor";

    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    /** Reads the query string of a request. */
    public Parameters(Context ctx) {
        String query = ctx.queryString();
        if (query != null) {
            Arrays.stream(query.split("&")).filter(each -> !each.isEmpty()).forEach(this::add);
        }
    }

    /** Decodes here, because Javalin drops what it cannot decode; a dropped filter would return too much. */
    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        try {
            given.computeIfAbsent(decoded(name), each -> new ArrayList<>()).add(decoded(value));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(name, null, "must be percent-encoded, with two hexadecimal digits after each %"));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Whether the query string has a parameter. */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /** An id. */
    public Optional<String> id(String name) {
        return read(
                name,
                "must be an id: 1 to 64 letters, digits, dots, underscores or hyphens, the first a letter or digit",
                text -> Optional.of(text).filter(Text.ID.asMatchPredicate()));
    }

    /** A constant of an enum, by its name in lower case. */
    public <T extends Enum<T>> Optional<T> oneOf(String name, Class<T> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return read(
                name,
                "must be one of " + names,
                text -> names.contains(text)
                        ? Optional.of(Enum.valueOf(type, text.toUpperCase(Locale.ROOT)))
                        : Optional.empty());
    }

    /** Whether the parameter is {@code true}; by default not. */
    public boolean flag(String name) {
        return read(
                        name,
                        "must be true or false",
                        text -> text.equals("true") || text.equals("false")
                                ? Optional.of(text.equals("true"))
                                : Optional.empty())
                .orElse(false);
    }

    /** The maximum number of items to return: 1 to {@code most}, by default {@code standard}. */
    public int limit(int standard, int most) {
        return read(
                        "limit",
                        "must be a whole number from 1 to " + most,
                        text -> text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= most
                                ? Optional.of(Integer.parseInt(text))
                                : Optional.empty())
                .orElse(standard);
    }

    /** The cursor from the previous page of the list. */
    public <T> Optional<T> cursor(Function<String, Optional<T>> decode) {
        return read(CURSOR, "must be a next_cursor of this list, unchanged; start again without it", decode);
    }

    /** A position in the order of all events. */
    public Optional<Long> position(String name) {
        return read(
                name,
                "must be a position: a whole number, at least 0",
                text -> Optional.of(text)
                        .filter(each -> each.matches("0|[1-9]\\d{0,17}"))
                        .map(Long::valueOf));
    }

    /** The id of an event in an event stream. */
    public Optional<Place> eventId(String name) {
        return read(name, EVENT_ID, Places::in);
    }

    /** The consistency token that the response must reflect. */
    public Optional<String> token() {
        return read(Places.TOKEN_PARAMETER, "", Optional::of);
    }

    /** The problem of a parameter that proves invalid after {@link #check()}. */
    public static ProblemException invalid(String name, String message) {
        return Problem.invalid(ProblemType.INVALID_PARAMETERS, List.of(new Fault(name, null, message)))
                .asException();
    }

    /** Records a fault of a parameter that was read successfully. */
    public void fault(String name, String message) {
        faults.add(new Fault(name, null, message));
    }

    private <T> Optional<T> read(String name, String form, Function<String, Optional<T>> parse) {
        known.add(name);
        List<String> values = given.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            faults.add(new Fault(name, null, "must occur once, but occurs " + values.size() + " times"));
            return Optional.empty();
        }
        Optional<T> value = parse.apply(values.getFirst());
        if (value.isEmpty()) {
            faults.add(new Fault(name, null, form));
        }
        return value;
    }

    /**
     * Completes the reading. A parameter that no method has read is a fault.
     *
     * @throws ProblemException 400 with all faults, if there are any
     */
    public void check() {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(new Fault(
                        name,
                        null,
                        known.isEmpty() ? "is unknown; none is allowed" : "is unknown; allowed are " + known)));
        if (!faults.isEmpty()) {
            throw Problem.invalid(ProblemType.INVALID_PARAMETERS, faults).asException();
        }
    }
}
