package dev.diptych.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CommandBusTest {

    record Open() implements Command {}

    record Shut() implements Command {}

    private static final StreamName DOOR = new StreamName("door");
    private static final CommandResult ACCEPTED = new CommandResult.Accepted(new Receipt(DOOR, 1, 1, "h"));
    private static final CommandResult CONFLICT =
            new CommandResult.Conflict(new AppendResult.Conflict(DOOR, ExpectedVersion.exactly(1, "h"), 2, "h"));

    @Test
    void a_command_reaches_the_handler_of_its_type() {
        CommandBus bus = DirectCommandBus.builder()
                .register(Open.class, (command, context) -> ACCEPTED)
                .register(Shut.class, (command, context) -> CONFLICT)
                .build();
        assertThat(bus.dispatch(new Open())).isSameAs(ACCEPTED);
        assertThat(bus.dispatch(new Shut())).isSameAs(CONFLICT);
    }

    @Test
    void a_second_handler_of_a_type_is_refused_at_registration() {
        var commands = DirectCommandBus.builder().register(Open.class, (command, context) -> ACCEPTED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> commands.register(Open.class, (command, context) -> CONFLICT))
                .withMessageContaining(Open.class.getName());
    }

    @Test
    void a_missing_handler_is_reported_with_its_type() {
        CommandBus commands = DirectCommandBus.builder()
                .register(Open.class, (command, context) -> ACCEPTED)
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> commands.dispatch(new Shut()))
                .withMessageContaining("for " + Shut.class.getName())
                .withMessageContaining("registered are [" + Open.class + "]");
    }

    @Test
    void a_later_registration_does_not_change_a_built_bus() {
        var builder = DirectCommandBus.builder();
        CommandBus bus = builder.build();
        builder.register(Open.class, (command, context) -> ACCEPTED);
        assertThatIllegalStateException().isThrownBy(() -> bus.dispatch(new Open()));
    }

    private static CommandBus retrying(CommandBus bus, int attempts) {
        return new RetryingCommandBus(bus, attempts, (command, retried) -> {});
    }

    private static CommandBus counting(AtomicInteger tries, CommandResult result) {
        return (command, context) -> {
            tries.incrementAndGet();
            return result;
        };
    }

    @Test
    void a_conflict_is_retried_until_it_succeeds() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying((command, context) -> tries.incrementAndGet() < 3 ? CONFLICT : ACCEPTED, 5);
        assertThat(bus.dispatch(new Open())).isSameAs(ACCEPTED);
        assertThat(tries).hasValue(3);
    }

    @Test
    void each_conflict_is_reported() {
        List<Boolean> retried = new ArrayList<>();
        var command = new Open();
        var bus = new RetryingCommandBus((sent, context) -> CONFLICT, 3, (sent, again) -> {
            assertThat(sent).isSameAs(command);
            retried.add(again);
        });
        assertThat(bus.dispatch(command)).isSameAs(CONFLICT);
        assertThat(retried).containsExactly(true, true, false);
    }

    @Test
    void a_conflict_is_retried_a_limited_number_of_times() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying(counting(tries, CONFLICT), 5);
        assertThat(bus.dispatch(new Open())).isSameAs(CONFLICT);
        assertThat(tries).hasValue(5);
        assertThatIllegalArgumentException().isThrownBy(() -> retrying(bus, 0));
    }

    @Test
    void a_conflict_with_a_stated_version_is_not_retried() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying(counting(tries, CONFLICT), 5);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.exactly(1, "h"))))
                .isSameAs(CONFLICT);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.noStream())))
                .isSameAs(CONFLICT);
        assertThat(tries).hasValue(2);
    }

    @Test
    void a_conflict_is_retried_when_only_existence_is_expected() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying(counting(tries, CONFLICT), 5);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.exists())))
                .isSameAs(CONFLICT);
        assertThat(tries).hasValue(5);
    }

    @Test
    void only_a_conflict_is_retried() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying(counting(tries, new CommandResult.NotFound("door", "1")), 5);
        bus.dispatch(new Open());
        assertThat(tries).hasValue(1);
    }

    @Test
    void an_interrupt_ends_the_retries_and_stays_set() {
        var tries = new AtomicInteger();
        CommandBus bus = retrying(
                (command, context) -> {
                    if (tries.incrementAndGet() == 2) {
                        Thread.currentThread().interrupt();
                    }
                    return CONFLICT;
                },
                5);
        assertThat(bus.dispatch(new Open())).isSameAs(CONFLICT);
        assertThat(Thread.interrupted()).as("the interrupt").isTrue();
        assertThat(tries).hasValue(2);
    }

    @Test
    void the_context_and_the_command_are_passed_on_unchanged() {
        var command = new Open();
        CommandContext context = CommandContext.NONE.withCommandId("k", "print");
        CommandBus inner = DirectCommandBus.builder()
                .register(
                        Open.class,
                        (given, with) -> given.equals(command) && with.equals(context) ? ACCEPTED : CONFLICT)
                .build();
        assertThat(retrying(inner, 1).dispatch(command, context)).isSameAs(ACCEPTED);
    }

    interface Move extends Command {}

    record Lift() implements Move {}

    @Test
    void a_handler_of_a_supertype_handles_only_its_registered_types() {
        var builder = DirectCommandBus.builder().register(Move.class, (command, context) -> ACCEPTED);
        CommandBus general = builder.build();
        assertThatIllegalStateException()
                .isThrownBy(() -> general.dispatch(new Lift()))
                .withMessageContaining(Lift.class.getName());
        CommandHandler<Move> anyMove = (command, context) -> CONFLICT;
        assertThat(builder.register(Lift.class, anyMove).build().dispatch(new Lift()))
                .isSameAs(CONFLICT);
    }

    private static Map<String, String> metadataOf(CommandContext context) {
        var seen = new AtomicReference<CommandContext>();
        CommandBus bus = new ObservedCommandBus(
                (command, passed) -> {
                    seen.set(passed);
                    return ACCEPTED;
                },
                () -> "generated");
        assertThat(bus.dispatch(new Open(), context)).isSameAs(ACCEPTED);
        assertThat(seen.get().expected()).isEqualTo(context.expected());
        assertThat(seen.get().stamp()).isEqualTo(context.stamp());
        return seen.get().metadata();
    }

    @Test
    void a_traced_command_records_its_name_and_ids_and_keeps_stated_metadata() {
        assertThat(metadataOf(CommandContext.NONE))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("command", "Open", "causation_id", "generated", "correlation_id", "generated"));
        assertThat(metadataOf(CommandContext.NONE
                        .expecting(ExpectedVersion.exactly(3, "h"))
                        .withCommandId("key", "print")
                        .withMetadata("correlation_id", "stated")
                        .withMetadata("by", "me")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("command", "Open", "causation_id", "key", "correlation_id", "stated", "by", "me"));
    }

    @Test
    void a_metadata_entry_is_not_overwritten() {
        assertThat(CommandContext.NONE
                        .withMetadata("a", "1")
                        .withMetadata("a", "2")
                        .metadata())
                .isEqualTo(Map.of("a", "1"));
    }

    private static ObservedCommandBus.Ended observed(CommandBus bus) {
        List<ObservedCommandBus.Ended> ended = new ArrayList<>();
        try {
            new ObservedCommandBus(bus, ended::add, ObservedCommandBus::log).dispatch(new Open());
        } catch (RuntimeException e) {
            assertThat(e).hasMessage("no");
        }
        assertThat(ended).hasSize(1);
        assertThat(ended.getFirst().command()).isEqualTo(new Open());
        assertThat(ended.getFirst().context().metadata()).containsKey("causation_id");
        return ended.getFirst();
    }

    @Test
    void every_end_of_a_command_is_observed_and_passed_on() {
        assertThat(observed((command, context) -> ACCEPTED).outcome()).isEqualTo("accepted");
        assertThat(observed((command, context) -> CONFLICT).result()).containsSame(CONFLICT);
        assertThat(observed((command, context) -> {
                            throw new IllegalStateException("no");
                        })
                        .outcome())
                .isEqualTo("failed");
        assertThat(observed((command, context) -> {
                            throw new StoreUnavailableException("no", false, null);
                        })
                        .outcome())
                .isEqualTo("unavailable");
        CommandBus failing = new ObservedCommandBus((command, context) -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> failing.dispatch(new Open())).hasMessage("no");
    }
}
