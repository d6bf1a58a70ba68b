package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Data outlives code: every version of every event that was ever stored has a golden file that must be readable for
 * ever, and what is written today must look like the golden file of today's version.
 */
class GoldenFilesTest {

    private static final JsonEventCodec CODEC = StoredEvents.codec();
    private static final Map<String, String> GOLDEN = GoldenFiles.in(Path.of("src/test/resources/golden"));

    /** What the golden files mean. A line may be added; the record of a line may gain what an upcaster fills in. */
    private static final Map<String, Object> EXPECTED = Map.of(
            "order-placed.v1",
            new OrderPlaced(
                    "10100",
                    "363",
                    List.of(
                            new OrderItem("S18_1749", 30, Money.of("171.70")),
                            new OrderItem("S24_3969", 10_000, Money.ZERO)),
                    Money.of("5151"),
                    Instant.parse("2003-01-06T00:00:00Z")),
            "order-paid.v1",
            new OrderPaid("10100", "363", Money.of("5151"), Instant.parse("2003-01-07T09:30:00.123456Z")),
            "order-shipped.v1",
            new OrderShipped("10100", "363", Instant.parse("2003-01-10T00:00:00Z")),
            "order-cancelled.v1",
            new OrderCancelled(
                    "10167",
                    "448",
                    List.of(new OrderItem("S10_1678", 44, Money.of("81.35"))),
                    Money.of("3579.40"),
                    "Größe \"falsch\" \\ 大きすぎる 🚚\nsee the letter",
                    Instant.parse("2003-10-23T23:59:59.999999999Z")),
            "subscription-started.v1",
            new SubscriptionStarted(
                    "sub-145", "145", "Catalogue", Money.of("19.90"), Instant.parse("2003-02-11T00:00:00Z")),
            "subscription-started.v2",
            new SubscriptionStarted(
                    "sub-145",
                    "145",
                    "Großer Katalog 📖",
                    Money.of("19.90"),
                    Instant.parse("2003-02-11T08:15:30.000001Z")),
            "subscription-plan-changed.v1",
            new SubscriptionPlanChanged(
                    "sub-145",
                    "145",
                    "Catalogue and parts",
                    Money.of("1000000"),
                    Instant.parse("2004-02-29T12:00:00Z")),
            "subscription-cancelled.v1",
            new SubscriptionCancelled(
                    "sub-145", "145", "moved to \"paper\"", Instant.parse("2005-05-31T23:59:59.999999Z")));

    /** Every type of event of every context: a new context is found without being listed. */
    private static Set<Class<?>> types() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.diptych.core")
                        .stream()
                        .filter(type -> type.getPackageName().endsWith(".events"))
                        .map(JavaClass::reflect)
                        .filter(Class::isSealed)
                        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static GoldenFiles files() {
        return new GoldenFiles(CODEC, CODEC.storedVersions(), GOLDEN, EXPECTED, types());
    }

    @Test
    void every_stored_event_is_readable_for_ever_and_written_as_it_always_was() {
        assertThat(files().complaints()).isEmpty();
    }

    @Test
    void the_types_of_events_are_found() {
        assertThat(types()).contains(OrderEvent.class.getPermittedSubclasses());
        assertThat(types()).contains(SubscriptionEvent.class.getPermittedSubclasses());
    }

    @Test
    void a_stored_version_without_a_golden_file_is_complained_about() {
        complains(
                with(GOLDEN, golden -> golden.remove("order-paid.v1")),
                EXPECTED,
                "order-paid.v1 can be stored, but has no golden file. Write"
                        + " core/src/test/resources/golden/order-paid.v1.json");
    }

    @Test
    void a_golden_file_that_nothing_reads_any_more_is_complained_about() {
        complains(
                with(GOLDEN, golden -> golden.put("order-lost.v1", "{}")),
                EXPECTED,
                "order-lost.v1 has a golden file, but cannot be read any more. Stores still hold it");
    }

    @Test
    void a_golden_file_whose_meaning_is_not_written_down_is_complained_about() {
        complains(
                GOLDEN,
                with(EXPECTED, expected -> expected.remove("order-paid.v1")),
                "order-paid.v1 has a golden file, but no record to compare it with");
    }

    @Test
    void a_golden_file_that_was_changed_is_complained_about() {
        String changed = GOLDEN.get("order-paid.v1").replace("5151.00", "5151.01");
        complains(
                with(GOLDEN, golden -> golden.put("order-paid.v1", changed)),
                EXPECTED,
                "order-paid.v1 reads as OrderPaid",
                "order-paid.v1 is written as {");
    }

    @Test
    void a_golden_file_that_reads_alike_but_is_written_otherwise_is_complained_about() {
        String other = GOLDEN.get("order-paid.v1").replace("5151.00", "5151");
        complains(
                with(GOLDEN, golden -> golden.put("order-paid.v1", other)),
                EXPECTED,
                "which is not its golden file. Give the new shape a new version");
    }

    @Test
    void an_event_that_gained_or_lost_a_field_is_complained_about() {
        String more = GOLDEN.get("order-paid.v1").replace("\"amount\"", "\"currency\": \"EUR\", \"amount\"");
        String less = GOLDEN.get("order-paid.v1").replaceFirst("\"amount\": \"5151.00\",", "");
        for (String shape : List.of(more, less)) {
            complains(
                    with(GOLDEN, golden -> golden.put("order-paid.v1", shape)),
                    EXPECTED,
                    "order-paid.v1 cannot be read, but is stored");
        }
    }

    @Test
    void an_event_that_is_not_registered_is_complained_about() {
        EventCodec small = JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .event("order-shipped", 1, OrderShipped.class)
                .build();
        var forgotten = new GoldenFiles(
                small,
                Set.of("order-shipped.v1"),
                Map.of("order-shipped.v1", GOLDEN.get("order-shipped.v1")),
                EXPECTED,
                Set.of(OrderShipped.class, OrderPaid.class));
        assertThat(forgotten.complaints())
                .singleElement()
                .asString()
                .startsWith("OrderPaid is an event, but cannot be stored")
                .endsWith("Register it in StoredEvents under a stable name.");
    }

    @Test
    void an_event_of_which_there_is_no_golden_file_is_complained_about() {
        record OrderLost() {}
        var types = new GoldenFiles(CODEC, CODEC.storedVersions(), GOLDEN, EXPECTED, Set.of(OrderLost.class));
        assertThat(types.complaints())
                .singleElement()
                .asString()
                .startsWith("OrderLost is an event, but no golden file holds one.");
    }

    private static void complains(Map<String, String> golden, Map<String, Object> expected, String... sentences) {
        List<String> complaints =
                new GoldenFiles(CODEC, CODEC.storedVersions(), golden, expected, types()).complaints();
        for (String sentence : sentences) {
            assertThat(complaints).anyMatch(complaint -> complaint.contains(sentence));
        }
    }

    private static <V> Map<String, V> with(Map<String, V> map, Consumer<Map<String, V>> change) {
        Map<String, V> changed = new HashMap<>(map);
        change.accept(changed);
        return changed;
    }
}
