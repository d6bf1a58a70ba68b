package dev.diptych.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BusTest {

    record Open() implements Command {}

    record Shut() implements Command {}

    record Ask(int number) implements Query<String> {
        @Override
        public String projection() {
            return "asked";
        }
    }

    record Tell() implements Query<String> {
        @Override
        public String projection() {
            return "told";
        }
    }

    private static final StreamName DOOR = new StreamName("door");
    private static final CommandResult DONE = new CommandResult.Accepted(new Receipt(DOOR, 1, 1, "h"));
    private static final CommandResult LOST =
            new CommandResult.Conflict(new AppendResult.Conflict(DOOR, ExpectedVersion.exactly(1, "h"), 2, "h"));

    @Test
    void a_command_reaches_the_handler_of_its_type() {
        CommandBus bus = DirectCommandBus.builder()
                .register(Open.class, (command, context) -> DONE)
                .register(Shut.class, (command, context) -> LOST)
                .build();
        assertThat(bus.dispatch(new Open())).isSameAs(DONE);
        assertThat(bus.dispatch(new Shut())).isSameAs(LOST);
    }

    @Test
    void a_second_handler_is_refused_at_registration() {
        var commands = DirectCommandBus.builder().register(Open.class, (command, context) -> DONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> commands.register(Open.class, (command, context) -> LOST))
                .withMessageContaining(Open.class.getName());
        var queries = DirectQueryBus.builder().register(Ask.class, query -> answer("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queries.register(Ask.class, query -> answer("b")))
                .withMessageContaining(Ask.class.getName());
    }

    @Test
    void a_type_without_a_handler_is_named() {
        CommandBus commands = DirectCommandBus.builder()
                .register(Open.class, (command, context) -> DONE)
                .build();
        assertThatThrownBy(() -> commands.dispatch(new Shut()))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining(Shut.class.getName())
                .hasMessageContaining("[Open]");
        QueryBus queries = DirectQueryBus.builder()
                .register(Ask.class, query -> answer("a"))
                .build();
        assertThatThrownBy(() -> queries.ask(new Tell()))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining(Tell.class.getName())
                .hasMessageContaining("[Ask]");
    }

    @Test
    void a_query_is_answered_by_the_handler_of_its_type() {
        QueryBus bus = DirectQueryBus.builder()
                .register(Ask.class, query -> answer("asked " + query.number()))
                .build();
        assertThat(bus.ask(new Ask(7))).isEqualTo(answer("asked 7"));
    }

    @Test
    void what_is_registered_after_the_bus_was_built_does_not_change_it() {
        var builder = DirectCommandBus.builder();
        CommandBus bus = builder.build();
        builder.register(Open.class, (command, context) -> DONE);
        assertThatThrownBy(() -> bus.dispatch(new Open())).isInstanceOf(NoHandlerException.class);
    }

    private static CommandBus counting(AtomicInteger tries, CommandResult result) {
        return (command, context) -> {
            tries.incrementAndGet();
            return result;
        };
    }

    @Test
    void a_lost_race_is_tried_again_until_it_is_won() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus((command, context) -> tries.incrementAndGet() < 3 ? LOST : DONE, 5);
        assertThat(bus.dispatch(new Open())).isSameAs(DONE);
        assertThat(tries).hasValue(3);
    }

    @Test
    void whoever_counts_is_told_of_each_further_try() {
        List<Command> told = new ArrayList<>();
        var command = new Open();
        assertThat(new RetryingCommandBus((sent, context) -> LOST, 5, told::add).dispatch(command))
                .isSameAs(LOST);
        assertThat(told).hasSize(4).containsOnly(command);
    }

    @Test
    void a_lost_race_is_tried_again_a_bounded_number_of_times() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus(counting(tries, LOST), 5);
        assertThat(bus.dispatch(new Open())).isSameAs(LOST);
        assertThat(tries).hasValue(5);
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryingCommandBus(bus, 0));
    }

    @Test
    void a_sender_who_stated_a_version_gets_its_conflict_at_once() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus(counting(tries, LOST), 5);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.exactly(1, "h"))))
                .isSameAs(LOST);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.noStream())))
                .isSameAs(LOST);
        assertThat(tries).hasValue(2);
    }

    @Test
    void a_sender_who_only_wants_it_to_exist_need_not_care_about_races() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus(counting(tries, LOST), 5);
        assertThat(bus.dispatch(new Open(), CommandContext.NONE.expecting(ExpectedVersion.exists())))
                .isSameAs(LOST);
        assertThat(tries).hasValue(5);
    }

    @Test
    void nothing_but_a_lost_race_is_tried_again() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus(counting(tries, new CommandResult.NotFound("door", "1")), 5);
        bus.dispatch(new Open());
        assertThat(tries).hasValue(1);
    }

    @Test
    void an_interrupt_ends_the_retries_and_is_kept() {
        var tries = new AtomicInteger();
        CommandBus bus = new RetryingCommandBus(
                (command, context) -> {
                    if (tries.incrementAndGet() == 2) {
                        Thread.currentThread().interrupt();
                    }
                    return LOST;
                },
                5);
        assertThat(bus.dispatch(new Open())).isSameAs(LOST);
        assertThat(Thread.interrupted())
                .as("the interrupt, which is cleared here")
                .isTrue();
        assertThat(tries).hasValue(2);
    }

    @Test
    void the_context_and_the_command_are_handed_on_as_they_are() {
        var command = new Open();
        CommandContext context = CommandContext.NONE.stamped("k", "print");
        CommandBus inner = DirectCommandBus.builder()
                .register(Open.class, (given, with) -> given.equals(command) && with.equals(context) ? DONE : LOST)
                .build();
        assertThat(new RetryingCommandBus(inner, 1).dispatch(command, context)).isSameAs(DONE);
    }

    interface Move extends Command {}

    record Lift() implements Move {}

    @Test
    void a_handler_of_a_more_general_type_handles_only_what_it_is_registered_for() {
        var builder = DirectCommandBus.builder().register(Move.class, (command, context) -> DONE);
        CommandBus general = builder.build();
        assertThatThrownBy(() -> general.dispatch(new Lift()))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining(Lift.class.getName());
        CommandHandler<Move> anyMove = (command, context) -> LOST;
        assertThat(builder.register(Lift.class, anyMove).build().dispatch(new Lift()))
                .isSameAs(LOST);
    }

    @Test
    void queries_registered_after_the_bus_was_built_do_not_change_it() {
        var builder = DirectQueryBus.builder();
        QueryBus bus = builder.build();
        builder.register(Ask.class, query -> answer("a"));
        assertThatThrownBy(() -> bus.ask(new Ask(1)))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining("registered are []");
    }

    @Test
    void a_page_says_whether_there_is_more() {
        assertThat(Page.of(List.of(1, 2, 3), 2)).isEqualTo(new Page<>(List.of(1, 2), true));
        assertThat(Page.of(List.of(1, 2), 2)).isEqualTo(new Page<>(List.of(1, 2), false));
        assertThat(Page.of(List.of(), 2)).isEqualTo(new Page<>(List.of(), false));
    }

    private static Answer<String> answer(String words) {
        return new Answer<>(words, new Place("h", 3));
    }

    private static Map<String, String> noted(CommandContext context) {
        var seen = new AtomicReference<CommandContext>();
        CommandBus bus = new TracedCommandBus(
                (command, passed) -> {
                    seen.set(passed);
                    return DONE;
                },
                () -> "made");
        assertThat(bus.dispatch(new Open(), context)).isSameAs(DONE);
        assertThat(seen.get().expected()).isEqualTo(context.expected());
        assertThat(seen.get().stamp()).isEqualTo(context.stamp());
        return seen.get().metadata();
    }

    @Test
    void a_traced_command_notes_its_name_and_ids_and_keeps_what_its_sender_stated() {
        assertThat(noted(CommandContext.NONE))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("command", "Open", "causation_id", "made", "correlation_id", "made"));
        assertThat(noted(CommandContext.NONE
                        .expecting(ExpectedVersion.exactly(3, "h"))
                        .stamped("key", "print")
                        .noting("correlation_id", "stated")
                        .noting("by", "somebody")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("command", "Open", "causation_id", "key", "correlation_id", "stated", "by", "somebody"));
    }

    @Test
    void what_is_noted_once_is_not_noted_otherwise() {
        assertThat(CommandContext.NONE.noting("a", "1").noting("a", "2").metadata())
                .isEqualTo(Map.of("a", "1"));
    }

    @Test
    void a_failure_passes_the_bus_that_logs_and_so_does_every_result() {
        CommandBus failing = new LoggingCommandBus((command, context) -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> failing.dispatch(new Open())).hasMessage("no");
        assertThat(new LoggingCommandBus((command, context) -> LOST).dispatch(new Open()))
                .isSameAs(LOST);
    }
}
