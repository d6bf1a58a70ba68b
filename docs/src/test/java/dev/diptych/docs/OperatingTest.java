package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.RunningApi;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.ProjectionRunner.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/howto/operate.md} says of trouble is so, on PostgreSQL, and its statements do what it says. */
class OperatingTest {

    private static final Page PAGE = Page.read(Repo.ROOT.resolve("docs/howto/operate.md"));
    private static final String PLACE = "curl -s http://127.0.0.1:7070/orders -H 'Content-Type: application/json' -d"
            + " '{\"order_id\":\"o-1\",\"customer_id\":\"c-1\",\"items\":[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":1}]}'";

    @TempDir
    private Path directory;

    private RunningApi api;
    private Prompt prompt;

    @AfterEach
    void stop() {
        if (api != null) {
            api.close();
        }
    }

    private void start() throws Exception {
        api = RunningApi.on("postgres");
        prompt = Prompt.in(directory, api.port());
    }

    private String output(String command) throws Exception {
        return prompt.output(command);
    }

    /** The statement of the page that contains a text. */
    private static String statement(String part) {
        List<String> found = PAGE.fences("sql").stream()
                .map(Page.Fence::text)
                .filter(sql -> sql.contains(part))
                .toList();
        assertThat(found).as("statements with %s", part).hasSize(1);
        return found.getFirst();
    }

    @Test
    void the_page_names_every_state_of_a_projection_and_of_an_automation() {
        List<String> states = Pattern.compile("(?m)^\\| `([a-z_]+)`[^|]*\\|")
                .matcher(PAGE.text())
                .results()
                .map((MatchResult row) -> row.group(1))
                .distinct()
                .toList();
        assertThat(states)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("parked"), // a number of items
                                Stream.of(State.values(), AutomationWorker.State.values())
                                        .flatMap(Arrays::stream)
                                        .map(state -> state.name().toLowerCase(Locale.ROOT)))
                        .distinct()
                        .toList());
    }

    @Tag("full")
    @Test
    void an_append_that_stays_open_holds_up_the_views_is_found_and_can_be_ended() throws Exception {
        start();
        try (Connection forgotten = api.connect();
                Connection owner = api.connect();
                Statement append = forgotten.createStatement();
                Statement asking = owner.createStatement()) {
            forgotten.setAutoCommit(false);
            append.execute("SELECT diptych.append(true, 'lost', 'any', null, true, null, null,"
                    + " 'lit', 1, '{}', '{}', null, null, null, null)");
            assertThat(output(PLACE)).contains("accepted");
            assertThat(output("curl -s http://127.0.0.1:7070/orders")).contains("\"items\":[]");

            try (ResultSet oldest = asking.executeQuery(statement("SELECT pid, age"))) {
                assertThat(oldest.next()).isTrue();
                assertThat(oldest.getInt("pid")).isPositive();
            }
            asking.execute(statement("pg_terminate_backend"));

            Waiting.until(
                    "the order is listed",
                    () -> output("curl -s http://127.0.0.1:7070/orders").contains("\"order_id\":\"o-1\""));
            assertThatThrownBy(forgotten::commit).isInstanceOf(SQLException.class);
        }
    }

    @Tag("full")
    @Test
    void a_poisoned_event_is_named_and_can_be_looked_at_but_not_deleted_and_commands_go_on() throws Exception {
        start();
        api.writer()
                .append(
                        new StreamName("order-x"),
                        ExpectedVersion.noStream(),
                        List.of(new NewEvent("unknown-event", 1, "{}", "{}")));

        Waiting.until(
                "the trouble is named",
                () -> output("curl -s http://127.0.0.1:7070/projections")
                        .matches(
                                "(?s).*\"state\":\"failed\".*\"last_error\":\\{\"position\":1,\"event\":\"unknown-event\".*"));
        assertThat(output(PLACE)).contains("accepted");
        try (Connection owner = api.connect();
                Statement looking = owner.createStatement();
                ResultSet event = looking.executeQuery(statement("WHERE position = 1"))) {
            assertThat(event.next()).isTrue();
            assertThat(event.getString("stream_name")).isEqualTo("order-x");
            assertThat(event.getString("type")).isEqualTo("unknown-event");
            assertThatThrownBy(() -> looking.execute("DELETE FROM diptych.events WHERE position = 1"))
                    .hasMessageContaining("events are immutable");
        }
    }
}
