package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.Examples;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every stored version of every event has a golden file. It must stay readable, and a new event must be written as in
 * the golden file of the current version.
 */
class GoldenFilesTest {

    private static final JsonEventCodec CODEC = StoredEvents.codec();
    static final Map<String, String> GOLDEN = GoldenFiles.in(Path.of("src/test/resources/golden"));

    /** Returns the event types of all contexts; new contexts are found automatically. */
    static Set<Class<?>> types() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.diptych.core")
                        .stream()
                        .filter(type -> type.getPackageName().endsWith(".events"))
                        .map(JavaClass::reflect)
                        .filter(Class::isSealed)
                        .flatMap(Examples::recordsOf)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static GoldenFiles files() {
        return new GoldenFiles(CODEC, CODEC.storedVersions(), GOLDEN, types());
    }

    @Test
    void every_stored_event_stays_readable_and_keeps_its_written_form() {
        assertThat(files().problems()).isEmpty();
    }

    @Test
    void the_event_types_are_found() {
        assertThat(types()).contains(OrderPlaced.class, OrderPaid.class, SubscriptionStarted.class);
        assertThat(types())
                .as("event types without groups of events such as OrderEvent.Progress")
                .allMatch(Class::isRecord);
    }

    @Test
    void a_stored_version_without_a_golden_file_is_reported() {
        reports(
                with(GOLDEN, golden -> golden.remove("order-paid.v1")),
                "order-paid.v1 can be stored, but has no golden file. Write"
                        + " core/src/test/resources/golden/order-paid.v1.json");
    }

    @Test
    void a_golden_file_of_an_unregistered_version_is_reported() {
        reports(
                with(GOLDEN, golden -> golden.put("order-lost.v1", "{}")),
                "order-lost.v1 has a golden file, but cannot be read any more. Stores still hold it");
    }

    @Test
    void a_golden_file_without_reads_as_is_reported() {
        String withoutMeaning = GOLDEN.get("order-paid.v1").replace("reads_as", "was_read_as");
        reports(
                with(GOLDEN, golden -> golden.put("order-paid.v1", withoutMeaning)),
                "order-paid.v1 has a golden file, but no record to compare it with. Write into"
                        + " core/src/test/resources/golden/order-paid.v1.json, as \"reads_as\", what it means: today"
                        + " that is OrderPaid[orderId=10100,");
    }

    @Test
    void a_changed_golden_file_is_reported() {
        String changed = GOLDEN.get("order-paid.v1").replace("\"5151.00\"", "\"5151.01\"");
        reports(
                with(GOLDEN, golden -> golden.put("order-paid.v1", changed)),
                "order-paid.v1 reads as OrderPaid[orderId=10100, customerId=363, amount=5151.01,");
    }

    @Test
    void a_golden_file_that_is_written_differently_is_reported() {
        String other = GOLDEN.get("order-paid.v1").replace("\"5151.00\"", "\"5151\"");
        reports(
                with(GOLDEN, golden -> golden.put("order-paid.v1", other)),
                "which is not its golden file. Give the new shape a new version");
    }

    @Test
    void an_event_that_gained_or_lost_a_field_is_reported() {
        String more = GOLDEN.get("order-paid.v1").replace("\"amount\"", "\"currency\": \"EUR\", \"amount\"");
        String less = GOLDEN.get("order-paid.v1").replaceFirst("\"amount\": \"5151.00\",", "");
        for (String shape : List.of(more, less)) {
            reports(
                    with(GOLDEN, golden -> golden.put("order-paid.v1", shape)),
                    "order-paid.v1 cannot be read, but is stored");
        }
    }

    @Test
    void an_event_that_can_be_read_but_not_written_is_reported() {
        EventCodec reading = JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .retired("order-paid", 1, OrderPaid.class, paid -> paid)
                .build();
        assertThat(onlyPaid(reading, "order-paid.v1").problems())
                .singleElement()
                .asString()
                .startsWith("OrderPaid is an event, but cannot be stored")
                .endsWith("Register it in StoredEvents under a stable name.");
    }

    @Test
    void an_event_written_in_a_version_without_a_golden_file_is_reported() {
        EventCodec newer = JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .retired("order-paid", 1, OrderPaid.class, paid -> paid)
                .event("order-paid", 2, OrderPaid.class)
                .build();
        assertThat(onlyPaid(newer, "order-paid.v1").problems())
                .containsExactly("OrderPaid is written as order-paid.v2, which has no golden file.");
    }

    private static GoldenFiles onlyPaid(EventCodec codec, String version) {
        return new GoldenFiles(codec, Set.of(version), Map.of(version, GOLDEN.get(version)), Set.of(OrderPaid.class));
    }

    @Test
    void an_event_without_a_golden_file_is_reported() {
        record OrderLost() {}
        var types = new GoldenFiles(CODEC, CODEC.storedVersions(), GOLDEN, Set.of(OrderLost.class));
        assertThat(types.problems())
                .singleElement()
                .asString()
                .startsWith("OrderLost is an event, but no golden file holds one.");
    }

    private static void reports(Map<String, String> golden, String... sentences) {
        List<String> problems = new GoldenFiles(CODEC, CODEC.storedVersions(), golden, types()).problems();
        for (String sentence : sentences) {
            assertThat(problems).anyMatch(problem -> problem.contains(sentence));
        }
    }

    private static <V> Map<String, V> with(Map<String, V> map, Consumer<Map<String, V>> change) {
        Map<String, V> changed = new HashMap<>(map);
        change.accept(changed);
        return changed;
    }
}
