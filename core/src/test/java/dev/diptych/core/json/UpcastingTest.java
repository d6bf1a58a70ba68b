package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import dev.diptych.core.money.Money;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads old stored versions of an event whose shape has changed. */
class UpcastingTest {

    /** The current shape. */
    record DoorOpened(String door, int guests, Money toll) {}

    /** The first stored shape, without a toll and for one guest. */
    record DoorOpenedV1(String door) {
        DoorOpened current() {
            return new DoorOpened(door, 1, Money.ZERO);
        }
    }

    /** The second stored shape, without a toll. */
    record DoorOpenedV2(String door, int guests) {
        DoorOpened current() {
            return new DoorOpened(door, guests, Money.ZERO);
        }
    }

    private final JsonEventCodec codec = JsonEventCodec.builder()
            .scalar(Money.class, Money::of)
            .retired("door-opened", 1, DoorOpenedV1.class, DoorOpenedV1::current)
            .retired("door-opened", 2, DoorOpenedV2.class, DoorOpenedV2::current)
            .event("door-opened", 3, DoorOpened.class)
            .build();

    @Test
    void every_stored_version_is_read_as_the_current_event() {
        assertThat(codec.decode(stored(1, "{\"door\":\"d\"}"))).isEqualTo(new DoorOpened("d", 1, Money.ZERO));
        assertThat(codec.decode(stored(2, "{\"door\":\"d\",\"guests\":7}")))
                .isEqualTo(new DoorOpened("d", 7, Money.ZERO));
        assertThat(codec.decode(stored(3, "{\"door\":\"d\",\"guests\":7,\"toll\":\"0.50\"}")))
                .isEqualTo(new DoorOpened("d", 7, Money.of("0.50")));
    }

    @Test
    void only_the_current_version_is_written() {
        var written = codec.encode(new DoorOpened("d", 1, Money.ZERO), Map.of());
        assertThat(written.type()).isEqualTo("door-opened");
        assertThat(written.schemaVersion()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new DoorOpenedV1("d"), Map.of()))
                .withMessage("No stored name is registered for " + DoorOpenedV1.class.getName());
    }

    @Test
    void a_version_is_read_only_in_its_own_shape() {
        refuses(1, "{\"door\":\"d\",\"guests\":7}");
        refuses(2, "{\"door\":\"d\"}");
        refuses(3, "{\"door\":\"d\",\"guests\":7}");
        refuses(4, "{\"door\":\"d\",\"guests\":7,\"toll\":\"0.50\"}");
    }

    @Test
    void a_value_of_another_json_type_is_refused() {
        refuses(2, "{\"door\":\"d\",\"guests\":\"7\"}");
        refuses(2, "{\"door\":\"d\",\"guests\":7.0}");
        refuses(2, "{\"door\":\"d\",\"guests\":7.5}");
        refuses(2, "{\"door\":\"d\",\"guests\":true}");
        refuses(2, "{\"door\":\"d\",\"guests\":null}");
        refuses(2, "{\"door\":\"d\",\"guests\":\"\"}");
        refuses(2, "{\"door\":\"d\",\"guests\":[7]}");
        refuses(2, "{\"door\":\"d\",\"guests\":2147483648}");
        refuses(2, "{\"door\":7,\"guests\":7}");
        refuses(2, "{\"door\":7.5,\"guests\":7}");
        refuses(2, "{\"door\":true,\"guests\":7}");
        refuses(2, "{\"door\":[\"d\"],\"guests\":7}");
        refuses(2, "{\"door\":{},\"guests\":7}");
        refuses(3, "{\"door\":\"d\",\"guests\":7,\"toll\":0.50}");
        refuses(3, "{\"door\":\"d\",\"guests\":7,\"toll\":\"0.505\"}");
        refuses(3, "{\"door\":\"d\",\"guests\":7,\"toll\":\"\"}");
        refuses(3, "{\"door\":\"d\",\"guests\":7,\"toll\":{\"amount\":\"0.50\"}}");
        refuses(3, "{\"door\":\"d\",\"guests\":7,\"toll\":null}");
    }

    @Test
    void a_payload_that_is_not_a_json_object_is_refused() {
        for (String payload : new String[] {"", " ", "null", "7", "\"d\"", "[]", "{", "{\"door\":\"d\"} x", "\"\""}) {
            refuses(1, payload);
        }
        refuses(1, "{\"door\":\"d\",\"door\":\"d\"}");
        refuses(1, "{\"Door\":\"d\"}");
        refuses(1, "{'door':'d'}");
        refuses(1, "{\"door\":\"d\",} ");
        refuses(1, "{\"door\":\"d\" /* open */}");
    }

    @Test
    void the_failure_of_an_upcaster_names_the_event() {
        EventCodec failing = JsonEventCodec.builder()
                .retired("door-opened", 1, DoorOpenedV1.class, old -> {
                    throw new IllegalArgumentException("no door is called " + old.door());
                })
                .build();
        assertThatThrownBy(() -> failing.decode(stored(1, "{\"door\":\"d\"}")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("at position 9")
                .hasMessageContaining("no door is called d");
    }

    @Test
    void the_readable_versions_are_listed() {
        assertThat(codec.storedVersions())
                .containsExactlyInAnyOrder("door-opened.v1", "door-opened.v2", "door-opened.v3");
    }

    private void refuses(int version, String payload) {
        assertThatThrownBy(() -> codec.decode(stored(version, payload)))
                .as("version %s of %s", version, payload)
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageStartingWith(
                        "Event door-opened (schema version " + version + ") at position 9, version 3 of stream door-1");
    }

    private static RecordedEvent stored(int version, String payload) {
        return new RecordedEvent(9, new StreamName("door-1"), 3, "door-opened", version, payload, "{}", Instant.EPOCH);
    }
}
