package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Appended;
import dev.diptych.core.eventstore.AppendResult.CommandIdTaken;
import dev.diptych.core.eventstore.AppendResult.Conflict;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.Repeated;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.EventStore.EventPage;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract tests of an {@link EventStore} with one caller at a time. {@link ConcurrentEventStoreContract} has those
 * with concurrent callers. A subclass provides a new, empty store:
 *
 * <pre>{@code
 * class MyEventStoreTest extends EventStoreContract {
 *     private final ShiftedClock clock = new ShiftedClock();
 *
 *     @Override
 *     protected EventStore newStore() {
 *         return new MyEventStore(clock);
 *     }
 *
 *     @Override
 *     protected void letTimePass(Duration time) {
 *         clock.forward(time);
 *     }
 * }
 * }</pre>
 */
public abstract class EventStoreContract extends Contract {

    static final StreamName LAMP = new StreamName("lamp-1");
    static final StreamName OTHER = new StreamName("lamp-2");
    static final ExpectedVersion NONE = ExpectedVersion.noStream();
    static final ExpectedVersion ANY = ExpectedVersion.any();

    /** The store under test. */
    protected EventStore store;

    /** Returns a new, empty store; called before each test. */
    protected abstract EventStore newStore() throws Exception;

    /**
     * Lets time pass for the store under test: advances its clock, or backdates what it has recorded so far.
     *
     * @param time a positive duration
     */
    protected abstract void letTimePass(Duration time) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    @Test
    public void each_store_has_its_own_history() throws Exception {
        String history = store.history();
        assertThat(history).matches("[A-Za-z0-9-]{1,64}");
        append(LAMP, ANY, "a");
        assertThat(store.history()).as("the history after an append").isEqualTo(history);
        assertThat(newStore().history()).as("the history of another store").isNotEqualTo(history);
    }

    @Test
    public void every_page_names_its_history() {
        assertThat(store.readStream(LAMP, 0, 10).history())
                .as("the history of an empty page")
                .isEqualTo(store.history());
        assertThat(store.readAll(0, 10).history())
                .as("the history of an empty page")
                .isEqualTo(store.history());
        append(LAMP, ANY, "a");
        assertThat(store.readStream(LAMP, 0, 10).history()).isEqualTo(store.history());
        assertThat(store.readAll(0, 10).history()).isEqualTo(store.history());
    }

    @Test
    public void an_expected_version_of_another_history_is_a_conflict() {
        append(LAMP, NONE, "a");
        ExpectedVersion seen = ExpectedVersion.exactly(1, "another");
        assertThat(append(LAMP, seen, "b")).isEqualTo(new Conflict(LAMP, seen, 1, store.history()));
        assertThat(stamped(LAMP, seen, "k", "print", "b")).isInstanceOf(Conflict.class);
        assertThat(payloads(all(LAMP))).containsExactly("a");
    }

    // Versions and positions

    @Test
    public void versions_start_at_1_without_gaps_in_each_stream() {
        append(LAMP, ANY, "a", "b");
        append(OTHER, ANY, "c");
        append(LAMP, ANY, "d");

        assertThat(all(LAMP)).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L);
        assertThat(all(OTHER)).extracting(RecordedEvent::version).containsExactly(1L);
    }

    @Test
    public void positions_increase_across_streams_in_append_order() {
        append(LAMP, ANY, "a", "b");
        append(OTHER, ANY, "c");
        append(LAMP, ANY, "d");

        assertThat(payloads(feed(100))).containsExactly("a", "b", "c", "d");
        assertIncreasing(feed(100));
        assertThat(feed(100).getFirst().position()).as("the first position").isPositive();
    }

    @Test
    public void a_receipt_holds_the_version_and_position_of_the_last_event() {
        append(OTHER, ANY, "x");
        Receipt first = appended(append(LAMP, ANY, "a", "b"));
        Receipt second = appended(append(LAMP, ANY, "c"));

        List<RecordedEvent> events = all(LAMP);
        assertThat(first).isEqualTo(receipt(LAMP, 2, events.get(1).position()));
        assertThat(second).isEqualTo(receipt(LAMP, 3, events.get(2).position()));
    }

    @Test
    public void the_head_is_the_position_of_the_last_event_or_0() {
        assertThat(store.head()).isZero();
        Receipt receipt = appended(append(LAMP, ANY, "a", "b"));
        assertThat(store.head()).isEqualTo(receipt.position());
        append(LAMP, NONE, "refused");
        assertThat(store.head()).as("the head after a refused append").isEqualTo(receipt.position());
    }

    // Appending

    @Test
    public void an_event_is_read_as_it_was_appended() {
        Instant before = Instant.now().minusSeconds(60);
        var event = new NewEvent("lamp-lit", 3, "{\"by\": \"me\"}", "{\"why\":\"dark\"}");
        store.append(LAMP, NONE, List.of(event));

        RecordedEvent read = all(LAMP).getFirst();
        assertThat(read)
                .isEqualTo(new RecordedEvent(
                        read.position(), LAMP, 1, "lamp-lit", 3, event.payload(), event.metadata(), read.recordedAt()));
        assertThat(read.recordedAt()).isBetween(before, Instant.now().plusSeconds(60));
        assertThat(feed(10)).as("the order of all events").containsExactly(read);
    }

    @Test
    public void an_append_with_a_conflict_stores_no_events() {
        append(LAMP, ANY, "a");
        long head = store.head();

        append(LAMP, NONE, "b", "c");

        assertThat(payloads(all(LAMP))).containsExactly("a");
        assertThat(payloads(feed(10))).containsExactly("a");
        assertThat(store.readAll(head, 10).events())
                .as("events after the previous head")
                .isEmpty();
    }

    @Test
    public void an_append_without_events_returns_a_receipt_of_the_last_event() {
        assertThat(append(LAMP, ANY)).isEqualTo(new Appended(receipt(LAMP, 0, 0)));
        Receipt receipt = appended(append(LAMP, ANY, "a"));
        assertThat(append(LAMP, exactly(1))).isEqualTo(new Appended(receipt));
        assertThat(payloads(feed(10))).containsExactly("a");
    }

    @Test
    public void an_append_without_events_checks_the_expected_version() {
        assertThat(append(LAMP, exactly(1))).isEqualTo(conflict(LAMP, exactly(1), 0));
        append(LAMP, ANY, "a");
        assertThat(append(LAMP, NONE)).isEqualTo(conflict(LAMP, NONE, 1));
    }

    // Expected versions

    @Test
    public void the_no_stream_expectation_accepts_only_a_new_stream() {
        assertThat(append(LAMP, NONE, "a")).isInstanceOf(Appended.class);
        assertThat(append(LAMP, NONE, "b")).isEqualTo(conflict(LAMP, NONE, 1));
        assertThat(append(OTHER, NONE, "c")).isInstanceOf(Appended.class);
    }

    @Test
    public void an_exact_version_accepts_only_that_version() {
        assertThat(append(LAMP, exactly(1), "a")).isEqualTo(conflict(LAMP, exactly(1), 0));
        append(LAMP, NONE, "a", "b");
        assertThat(append(LAMP, exactly(1), "c")).isEqualTo(conflict(LAMP, exactly(1), 2));
        assertThat(append(LAMP, exactly(3), "c")).isEqualTo(conflict(LAMP, exactly(3), 2));
        assertThat(append(LAMP, exactly(2), "c")).isInstanceOf(Appended.class);
    }

    @Test
    public void exists_accepts_any_version_of_an_existing_stream() {
        ExpectedVersion exists = ExpectedVersion.exists();
        assertThat(append(LAMP, exists, "a")).isEqualTo(conflict(LAMP, exists, 0));
        append(LAMP, NONE, "a", "b");
        assertThat(append(LAMP, exists, "c")).isInstanceOf(Appended.class);
        assertThat(payloads(all(LAMP))).containsExactly("a", "b", "c");
    }

    @Test
    public void any_version_accepts_every_stream() {
        assertThat(append(LAMP, ANY, "a")).isInstanceOf(Appended.class);
        assertThat(append(LAMP, ANY, "b")).isInstanceOf(Appended.class);
    }

    // Reading

    @Test
    public void a_stream_that_does_not_exist_has_no_events() {
        assertThat(store.readStream(LAMP, 0, 10).events()).isEmpty();
        assertThat(store.readStream(LAMP, 7, 10).events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 12, 13, 100})
    public void a_stream_is_read_in_pages_of_any_size(int size) {
        append(LAMP, ANY, numbers(12));
        append(OTHER, ANY, "other");

        List<RecordedEvent> read = new ArrayList<>();
        List<RecordedEvent> page;
        do {
            page = store.readStream(LAMP, read.size(), size).events();
            assertThat(page.size()).as("the size of a page").isLessThanOrEqualTo(size);
            read.addAll(page);
        } while (page.size() == size && read.size() <= 12);
        assertThat(payloads(read)).containsExactly(numbers(12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 12, 13, 100})
    public void all_events_are_read_in_pages_of_any_size(int size) {
        for (String number : numbers(12)) {
            append(Integer.parseInt(number) % 2 == 0 ? LAMP : OTHER, ANY, number);
        }
        List<RecordedEvent> read = feed(size);
        assertThat(payloads(read)).containsExactly(numbers(12));
        assertIncreasing(read);
    }

    @Test
    public void a_page_begins_after_the_last_event_of_the_previous_page() {
        append(LAMP, ANY, numbers(5));

        List<RecordedEvent> full = store.readAll(0, 3).events();
        assertThat(full).hasSize(3);
        List<RecordedEvent> rest = store.readAll(full.getLast().position(), 3).events();
        assertThat(payloads(rest)).containsExactly("3", "4");
        assertThat(store.readAll(rest.getLast().position(), 3).events()).isEmpty();
    }

    @Test
    public void only_a_large_page_ends_before_its_limit_and_the_last_event() {
        append(LAMP, ANY, numbers(60));
        assertThat(store.readAll(0, 90).events()).as("events of a small page").hasSize(60);
    }

    @Test
    public void a_read_beyond_the_end_returns_no_events() {
        append(LAMP, ANY, "a");
        assertThat(store.readAll(1_000_000, 10).events()).isEmpty();
        assertThat(store.readStream(LAMP, 1_000_000, 10).events()).isEmpty();
    }

    @Test
    public void a_read_rejects_arguments_out_of_range() {
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, EventStore.MAX_PAGE + 1}) {
            assertThatThrownBy(() -> store.readStream(LAMP, 0, limit)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.readAll(0, limit)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> store.readStream(LAMP, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.readAll(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void a_read_accepts_the_maximum_page_size() {
        append(LAMP, ANY, "a");
        assertThat(store.readStream(LAMP, 0, EventStore.MAX_PAGE).events()).hasSize(1);
        assertThat(store.readAll(0, EventStore.MAX_PAGE).events()).hasSize(1);
    }

    // Text

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                " lead and trail ",
                "quote ' double \" back \\ percent % dollar $1 {} []",
                "line\nbreak\ttab\r\u0001\u001f\u007f",
                "Grüße, 世界, мир, שלום",
                "e\u0301 is not \u00e9",
                "\ud83d\udd6f\ufe0f \ud834\udd1e \udbff\udfff",
                "\u200b\ufeff\uffff"
            })
    public void stream_names_and_event_types_keep_any_unicode(String text) {
        var stream = new StreamName(text);
        store.append(stream, NONE, List.of(new NewEvent(text, 1, "{}", "{}")));
        append(LAMP, NONE, "another");

        RecordedEvent read = store.readStream(stream, 0, 10).events().getFirst();
        assertThat(read.stream()).isEqualTo(stream);
        assertThat(read.type()).isEqualTo(text);
        assertThat(store.readAll(0, 10).events().getFirst()).isEqualTo(read);
    }

    @Test
    public void stream_names_that_look_alike_are_different_streams() {
        for (String name : List.of("e\u0301", "\u00e9", "E", "e", "e ", " e", "ss", "ß")) {
            assertThat(append(new StreamName(name), NONE, name)).isInstanceOf(Appended.class);
            assertThat(payloads(all(new StreamName(name)))).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\n\t\"b\" : 1 , \"a\" : 1.0 , \"a\" : 1e2 }\r\n",
                "{\"text\":\"\\u00e9 \\ud83d\\udd6f \\\" \\\\ \\/ \u00e9 \ud83d\udd6f ' $$ ? : \"}",
                "{\"big\":123456789012345678901234567890.12345678901234567890}",
                "[]",
                "\"text\"",
                "null"
            })
    public void json_is_stored_character_by_character(String json) {
        store.append(LAMP, NONE, List.of(new NewEvent("t", 1, json, json)));
        assertThat(all(LAMP).getFirst().payload()).isEqualTo(json);
        assertThat(all(LAMP).getFirst().metadata()).isEqualTo(json);
    }

    @Test
    public void a_mebibyte_of_json_is_stored() {
        String json = "{\"text\":\"" + "0123456789 äöü \ud83d\udd6f ".repeat(1024 * 1024 / 16) + "\"}";
        store.append(LAMP, NONE, List.of(new NewEvent("t", 1, json, "{}")));
        assertThat(all(LAMP).getFirst().payload()).isEqualTo(json);
    }

    @Test
    public void an_append_of_2000_events_is_stored_whole() {
        Receipt receipt = appended(append(LAMP, NONE, numbers(2_000)));
        assertThat(receipt.version()).isEqualTo(2_000);
        assertThat(payloads(all(LAMP))).containsExactly(numbers(2_000));
        assertIncreasing(all(LAMP));
    }

    // Copying

    @Test
    public void changing_an_appended_list_does_not_change_the_store() {
        List<NewEvent> mine = new ArrayList<>(List.of(event("a")));
        store.append(LAMP, NONE, mine);
        mine.set(0, event("changed"));
        mine.add(event("added"));
        assertThat(payloads(all(LAMP))).containsExactly("a");
        assertThat(payloads(feed(10))).containsExactly("a");
    }

    // Command ids

    @Test
    public void a_repeated_command_returns_the_first_receipt_and_stores_nothing() {
        Receipt first = appended(stamped(LAMP, NONE, "k", "print", "a"));
        assertThat(stamped(LAMP, NONE, "k", "print", "a")).isEqualTo(new Repeated(first));
        assertThat(payloads(feed(10))).containsExactly("a");
    }

    @Test
    public void a_repeated_command_returns_the_first_receipt_after_later_appends() {
        Receipt first = appended(stamped(LAMP, NONE, "k", "print", "a"));
        append(LAMP, exactly(1), "b", "c");

        assertThat(stamped(LAMP, exactly(3), "k", "print")).isEqualTo(new Repeated(first));
        assertThat(stamped(LAMP, ANY, "k", "print", "d")).isEqualTo(new Repeated(first));
        assertThat(payloads(all(LAMP))).containsExactly("a", "b", "c");
    }

    @Test
    public void a_repeated_command_without_events_returns_the_first_receipt() {
        Receipt before = appended(append(LAMP, NONE, "a"));
        assertThat(stamped(LAMP, exactly(1), "k", "print")).isEqualTo(new Appended(before));
        append(LAMP, ANY, "b");
        assertThat(stamped(LAMP, exactly(2), "k", "print", "c")).isEqualTo(new Repeated(before));
        assertThat(payloads(all(LAMP))).containsExactly("a", "b");
    }

    @Test
    public void the_command_id_is_checked_before_the_expected_version() {
        Receipt first = appended(stamped(LAMP, NONE, "k", "print", "a"));
        assertThat(stamped(LAMP, exactly(9), "k", "print", "a")).isEqualTo(new Repeated(first));
    }

    @Test
    public void a_command_id_with_another_fingerprint_is_refused() {
        Receipt first = appended(stamped(LAMP, NONE, "k", "print", "a"));
        assertThat(stamped(LAMP, ANY, "k", "another print", "b"))
                .isEqualTo(new CommandIdTaken(new StampedReceipt(new CommandStamp("k", "print"), first)));
        assertThat(payloads(feed(10))).containsExactly("a");
    }

    @Test
    public void a_command_id_on_another_stream_is_refused() {
        Receipt first = appended(stamped(LAMP, NONE, "k", "print", "a"));
        assertThat(stamped(OTHER, ANY, "k", "print", "b"))
                .isEqualTo(new CommandIdTaken(new StampedReceipt(new CommandStamp("k", "print"), first)));
        assertThat(payloads(feed(10))).containsExactly("a");
    }

    @Test
    public void a_conflict_does_not_store_the_command_id() {
        append(LAMP, NONE, "a");
        assertThat(stamped(LAMP, NONE, "k", "print", "b")).isInstanceOf(Conflict.class);
        assertThat(store.findCommand("k")).isEmpty();
        assertThat(stamped(LAMP, ANY, "k", "print", "b")).isInstanceOf(Appended.class);
    }

    @Test
    public void a_stored_command_id_can_be_looked_up() {
        Receipt receipt = appended(stamped(LAMP, NONE, "k ' \ud83d\udd6f", "print", "a"));
        append(LAMP, ANY, "b");
        assertThat(store.findCommand("k ' \ud83d\udd6f"))
                .contains(new StampedReceipt(new CommandStamp("k ' \ud83d\udd6f", "print"), receipt));
        assertThat(store.findCommand("K ' \ud83d\udd6f"))
                .as("the result for the same id in upper case")
                .isEmpty();
    }

    @Test
    public void a_command_id_is_stored_when_the_stream_does_not_exist() {
        var nothing = receipt(LAMP, 0, 0);
        assertThat(stamped(LAMP, NONE, "k", "print")).isEqualTo(new Appended(nothing));
        assertThat(stamped(LAMP, NONE, "k", "print", "a")).isEqualTo(new Repeated(nothing));
        assertThat(all(LAMP)).isEmpty();
    }

    // Pruning

    @Test
    public void pruning_removes_expired_command_ids_but_not_their_events() throws Exception {
        stamped(LAMP, NONE, "old", "print", "a");
        letTimePass(Duration.ofHours(30));
        Receipt young = appended(stamped(OTHER, NONE, "young", "print", "b"));

        assertThat(store.pruneCommands(Duration.ofHours(31), 10))
                .as("the number of pruned ids younger than the minimum age")
                .isZero();
        assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 10))
                .as("the number of pruned ids of the minimum age")
                .isEqualTo(1);
        assertThat(store.findCommand("old")).isEmpty();
        assertThat(store.findCommand("young")).map(StampedReceipt::receipt).contains(young);
        assertThat(payloads(feed(10))).containsExactly("a", "b");
        assertThat(stamped(LAMP, ANY, "old", "another print", "c")).isInstanceOf(Appended.class);
    }

    @Test
    public void pruning_removes_the_oldest_command_ids_up_to_the_limit() throws Exception {
        for (String number : numbers(5)) {
            stamped(LAMP, ANY, number, "print");
            letTimePass(Duration.ofHours(1));
        }
        letTimePass(Duration.ofHours(24));

        assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 2)).isEqualTo(2);
        assertThat(Arrays.stream(numbers(5)).filter(id -> store.findCommand(id).isPresent()))
                .as("the ids that remain")
                .containsExactly("2", "3", "4");
        assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 100))
                .isEqualTo(3);
    }

    @Test
    public void no_command_id_is_pruned_within_a_day() throws Exception {
        stamped(LAMP, ANY, "k", "print", "a");
        letTimePass(Duration.ofHours(23));
        assertThatThrownBy(() -> store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION.minusMillis(1), 10))
                .isInstanceOf(IllegalArgumentException.class);
        for (int limit : new int[] {-1, 0, EventStore.MAX_PAGE + 1}) {
            assertThatThrownBy(() -> store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, EventStore.MAX_PAGE))
                .isZero();
        assertThat(store.findCommand("k")).isPresent();
    }

    // Wake-ups

    @Test
    public void a_closed_subscription_is_not_woken_but_its_duplicate_is() {
        var tooLate = new AtomicInteger();
        store.onAppend(tooLate::incrementAndGet).close();
        var wakes = new AtomicInteger();
        Runnable wake = wakes::incrementAndGet;
        EventStore.Subscription first = store.onAppend(wake);
        EventStore.Subscription duplicate = store.onAppend(wake);
        try {
            first.close();
            first.close();
            append(LAMP, ANY, "a");
            until("the open subscription is woken", () -> wakes.get() > 0);
            assertThat(tooLate.get()).as("wake-ups of a closed subscription").isZero();
        } finally {
            duplicate.close();
        }
    }

    // Shared fixtures

    static NewEvent event(String name) {
        return new NewEvent("lamp-changed", 1, "\"" + name + "\"", "{}");
    }

    static List<NewEvent> events(String... names) {
        return Arrays.stream(names).map(EventStoreContract::event).toList();
    }

    static List<String> payloads(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.payload().substring(1, event.payload().length() - 1))
                .toList();
    }

    static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    static Receipt appended(AppendResult result) {
        assertThat(result).as("the result of an append without a conflict").isInstanceOf(Appended.class);
        return ((Appended) result).receipt();
    }

    static void assertIncreasing(List<RecordedEvent> events) {
        assertThat(events.stream().map(RecordedEvent::position).toList())
                .as("positions increase strictly")
                .isSorted()
                .doesNotHaveDuplicates();
    }

    ExpectedVersion exactly(long version) {
        return ExpectedVersion.exactly(version, store.history());
    }

    Receipt receipt(StreamName stream, long version, long position) {
        return new Receipt(stream, version, position, store.history());
    }

    Conflict conflict(StreamName stream, ExpectedVersion expected, long actual) {
        return new Conflict(stream, expected, actual, store.history());
    }

    AppendResult append(StreamName stream, ExpectedVersion expected, String... names) {
        return store.append(stream, expected, events(names));
    }

    AppendResult stamped(StreamName stream, ExpectedVersion expected, String id, String fingerprint, String... names) {
        return store.append(stream, expected, events(names), Optional.of(new CommandStamp(id, fingerprint)));
    }

    List<RecordedEvent> all(StreamName stream) {
        return store.readStream(stream, 0, EventStore.MAX_PAGE).events();
    }

    /** Reads all events in pages until a page is empty. */
    List<RecordedEvent> feed(int pageSize) {
        List<RecordedEvent> events = new ArrayList<>();
        EventPage page = store.readAll(0, pageSize);
        while (!page.events().isEmpty()) {
            assertIncreasing(page.events());
            events.addAll(page.events());
            long through = page.events().getLast().position();
            page = store.readAll(through, pageSize);
            if (!page.events().isEmpty()) {
                assertThat(page.events().getFirst().position())
                        .as("the first position of the page after position %s", through)
                        .isGreaterThan(through);
            }
        }
        return events;
    }
}
