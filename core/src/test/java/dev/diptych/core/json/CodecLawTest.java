package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.Examples;
import dev.diptych.core.contract.Law;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import dev.diptych.core.subscriptions.events.SubscriptionStartedV1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every event that can be raised is read as it was written, and nothing else is read as an event. */
class CodecLawTest {

    private static final long SEED = Long.getLong("contract.seed", System.nanoTime());
    private static final JsonEventCodec CODEC = StoredEvents.codec();
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<Class<?>, List<?>> EXTREMES = Map.of(
            String.class,
            List.of("", " ", "x", "\"", "\\", "\n\t\u0001\u007f", "null", "{}", "Gr\u00f6\u00dfe", "\ud83d\udcd6"),
            Instant.class,
            List.of(
                    Instant.EPOCH,
                    Instant.MIN,
                    Instant.MAX,
                    Instant.parse("2026-01-31T23:59:59.999999999Z"),
                    Instant.parse("1969-12-31T23:59:59.100Z"),
                    Instant.parse("0000-01-01T00:00:00Z"),
                    Instant.parse("+10000-01-01T00:00:00Z")),
            BigDecimal.class,
            List.of(
                    BigDecimal.ZERO,
                    new BigDecimal("0.01"),
                    new BigDecimal("-12.5"),
                    new BigDecimal("9999999999999999.99")),
            int.class,
            List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE),
            long.class,
            List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));

    /** The records of the schema versions that are no longer written. */
    private static final Map<String, Class<?>> RETIRED = Map.of("subscription-started.v1", SubscriptionStartedV1.class);

    private static final List<Class<?>> TYPES = GoldenFilesTest.types().stream()
            .sorted(Comparator.comparing(Class::getName))
            .toList();

    private static Object randomEvent(Random random) {
        return Examples.random(TYPES.get(random.nextInt(TYPES.size())), random, EXTREMES);
    }

    @Test
    void an_event_is_read_as_it_was_written() {
        Law<Object> law = events -> {
            for (Object event : events) {
                NewEvent written = CODEC.encode(event, Map.of());
                Object read = CODEC.decode(recorded(written.type(), written.schemaVersion(), written.payload()));
                assertThat(read).isEqualTo(event);
                assertThat(CODEC.encode(read, Map.of())).isEqualTo(written);
            }
        };
        law.holds(SEED, 100, 50, CodecLawTest::randomEvent);
    }

    @Test
    void an_event_of_a_version_that_is_no_longer_written_is_read_as_its_upcast() {
        Law<SubscriptionStartedV1> law = events -> {
            for (SubscriptionStartedV1 old : events) {
                String json = CODEC.textOf(SubscriptionStartedV1.class).write(old);
                assertThat(CODEC.decode(recorded("subscription-started", 1, json)))
                        .isEqualTo(old.upcast());
            }
        };
        law.holds(SEED, 20, 50, random -> Examples.random(SubscriptionStartedV1.class, random, EXTREMES));
    }

    @Test
    void every_version_is_generated() {
        Set<String> written = TYPES.stream()
                .map(type -> CODEC.encode(Examples.of(type).getFirst(), Map.of()))
                .map(event -> event.type() + ".v" + event.schemaVersion())
                .collect(Collectors.toSet());
        Set<String> retired = new HashSet<>(CODEC.storedVersions());
        retired.removeAll(written);
        assertThat(retired).isEqualTo(RETIRED.keySet());
    }

    @Test
    void a_payload_with_a_field_removed_added_or_of_another_type_is_refused() {
        assertThat(misread(CODEC)).isEmpty();
    }

    @Test
    void a_codec_that_ignores_fields_and_converts_values_is_found() {
        EventCodec lenient = new EventCodec() {
            @Override
            public NewEvent encode(Object event, Map<String, String> metadata) {
                return CODEC.encode(event, metadata);
            }

            @Override
            public Object decode(RecordedEvent event) {
                try {
                    return CODEC.decode(event);
                } catch (UnreadableEventException e) {
                    return event.payload();
                }
            }
        };
        assertThat(misread(lenient))
                .anyMatch(each -> each.startsWith("order-paid.v1 with ") && each.contains("\"added\":"))
                .anyMatch(each -> each.startsWith("order-placed.v1 without sku"))
                .anyMatch(each -> each.startsWith("order-shipped.v1 with shipped_at = 7"));
    }

    /** Returns each variant of the payload of a golden file that is read. */
    private static List<String> misread(EventCodec codec) {
        List<String> misread = new ArrayList<>();
        GoldenFilesTest.GOLDEN.keySet().stream()
                .sorted()
                .forEach(version -> variants(payload(version)).forEach((what, payload) -> {
                    int dot = version.lastIndexOf(".v");
                    try {
                        codec.decode(recorded(
                                version.substring(0, dot), Integer.parseInt(version.substring(dot + 2)), payload));
                        misread.add(version + " " + what + " is read: " + payload);
                    } catch (UnreadableEventException expected) {
                        assertThat(expected).hasMessageContaining(version.substring(0, dot));
                    }
                }));
        return misread;
    }

    /** Returns the payload with one field of any object in it removed, added, or of another JSON type. */
    private static Map<String, String> variants(JsonNode payload) {
        Map<String, String> variants = new LinkedHashMap<>();
        int objects = objectsIn(payload.deepCopy()).size();
        for (int i = 0; i < objects; i++) {
            JsonNode more = payload.deepCopy();
            objectsIn(more).get(i).put("added", 1);
            variants.put("with added " + i, more.toString());
            for (String field : (Iterable<String>) objectsIn(payload.deepCopy()).get(i)::fieldNames) {
                JsonNode less = payload.deepCopy();
                objectsIn(less).get(i).remove(field);
                variants.put("without " + field + " of " + i, less.toString());
                for (JsonNode value : ofEveryType()) {
                    JsonNode other = payload.deepCopy();
                    JsonNode before = objectsIn(other).get(i).replace(field, value);
                    if (before.getNodeType() != value.getNodeType() || (before.isInt() && !value.isInt())) {
                        variants.put("with " + field + " = " + value + " of " + i, other.toString());
                    }
                }
            }
        }
        return variants;
    }

    private static List<JsonNode> ofEveryType() {
        return List.of(
                NODES.numberNode(7),
                NODES.numberNode(7.5),
                NODES.textNode("7"),
                NODES.booleanNode(true),
                NODES.nullNode(),
                NODES.arrayNode().add("7"),
                NODES.objectNode().put("a", "7"));
    }

    private static List<ObjectNode> objectsIn(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        if (node instanceof ContainerNode<?>) {
            node.elements().forEachRemaining(each -> objects.addAll(objectsIn(each)));
        }
        return objects;
    }

    private static JsonNode payload(String version) {
        try {
            return TREES.readTree(GoldenFilesTest.GOLDEN.get(version)).path("payload");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedEvent recorded(String name, int version, String json) {
        return new RecordedEvent(9, new StreamName("law-1"), 3, name, version, json, "{}", Instant.EPOCH);
    }
}
