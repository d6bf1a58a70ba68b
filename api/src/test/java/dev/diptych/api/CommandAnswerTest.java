package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.ConsistencyTokens;
import dev.diptych.api.http.server.HttpServer;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.StampedReceipt;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a result is answered that one client alone cannot bring about: the routes on a bus that always ends so. */
class CommandAnswerTest {

    private static final Receipt RECEIPT = new Receipt(StreamName.of("order", "o-7"), 1, 1, "here");

    @Test
    void the_id_that_is_answered_is_the_one_of_the_receipt() {
        Http.Answer answer = answer(new CommandResult.Accepted(RECEIPT));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("order_id").asText()).isEqualTo("o-7");
        assertThat(answer.header("Location"))
                .isEqualTo("/orders/o-7?after=" + ConsistencyTokens.of(new Place("here", 1)));
    }

    @Test
    void a_lost_race_names_the_expected_and_the_actual_version() {
        var conflict = new AppendResult.Conflict(RECEIPT.stream(), ExpectedVersion.exactly(2, "here"), 3, "here");

        Http.Answer answer = answer(new CommandResult.Conflict(conflict));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/concurrent-change");
        assertThat(answer.json().path("detail").asText()).contains("version 2").contains("version 3");
        assertThat(answer.json().path("current_version").asInt()).isEqualTo(3);
    }

    @Test
    void a_command_id_that_is_taken_is_refused() {
        var first = new StampedReceipt(new CommandStamp("k", "f"), RECEIPT);

        Http.Answer answer = answer(new CommandResult.CommandIdTaken(first));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void a_fault_of_the_servers_shows_nothing_of_its_inside() {
        CommandBus broken = (command, context) -> {
            throw new IllegalStateException("secret");
        };

        Http.Answer answer = answer(broken);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.response().body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void a_store_that_is_away_is_503_and_nothing_was_done() {
        Http.Answer answer = answer(unavailable(false));

        OverHttp.problem(answer, 503, "/problems/store-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("detail").asText())
                .contains("Nothing was done")
                .doesNotContain("secret");
    }

    @Test
    void a_store_whose_answer_was_lost_is_503_and_the_client_is_told_to_send_the_same_key() {
        Http.Answer answer = answer(unavailable(true));

        OverHttp.problem(answer, 503, "/problems/store-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("detail").asText())
                .contains("may have been done all the same")
                .contains("with the same Idempotency-Key");
    }

    private static CommandBus unavailable(boolean outcomeUnknown) {
        return (command, context) -> {
            throw new StoreUnavailableException("secret", outcomeUnknown, null);
        };
    }

    private static Http.Answer answer(CommandResult result) {
        return answer((command, context) -> result);
    }

    private static Http.Answer answer(CommandBus bus) {
        var routes = new WriteRoutes(bus, InstantSource.system());
        try (var server = HttpServer.start(
                        new Listening("127.0.0.1", 0, Listening.IDLE, Access.forEverybody(Map.of())),
                        on -> routes.add(on.of(Side.WRITE)),
                        (method, route, status, took) -> {});
                var http = new Http(server.port())) {
            return http.post("/orders/o-1/pay", "{\"amount\":1}");
        }
    }
}
