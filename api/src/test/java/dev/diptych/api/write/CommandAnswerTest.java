package dev.diptych.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.server.HttpServer;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The responses to results that a single client cannot cause, on a bus that always returns them. */
class CommandAnswerTest {

    private static final Receipt RECEIPT = new Receipt(StreamName.of("order", "o-7"), 1, 1, "here");

    @Test
    void the_response_has_the_id_of_the_receipt() {
        Http.Answer answer = answer(new CommandResult.Accepted(RECEIPT));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("order_id").asText()).isEqualTo("o-7");
        assertThat(answer.header("Location")).isEqualTo("/orders/o-7?after=" + Places.token(new Place("here", 1)));
    }

    @Test
    void a_conflict_states_the_expected_and_the_actual_version() {
        var conflict = new AppendResult.Conflict(RECEIPT.stream(), ExpectedVersion.exactly(2, "here"), 3, "here");

        Http.Answer answer = answer(new CommandResult.Conflict(conflict));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/concurrent-change");
        assertThat(answer.json().path("detail").asText()).contains("version 2").contains("version 3");
        assertThat(answer.json().path("current_version").asInt()).isEqualTo(3);
    }

    @Test
    void a_reused_command_id_is_rejected() {
        var first = new StampedReceipt(new CommandStamp("k", "f"), RECEIPT);

        Http.Answer answer = answer(new CommandResult.CommandIdTaken(first));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asText()).isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void an_internal_error_reveals_no_details() {
        CommandBus broken = (command, context) -> {
            throw new IllegalStateException("secret");
        };

        Http.Answer answer = answer(broken);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.response().body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void an_unavailable_store_is_503_and_the_command_has_no_effect() {
        Http.Answer answer = answer(unavailable(false));

        OverHttp.problem(answer, 503, "/problems/store-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("detail").asText())
                .contains("The request had no effect")
                .doesNotContain("secret");
    }

    @Test
    void an_unknown_outcome_is_503_and_recommends_the_same_key() {
        Http.Answer answer = answer(unavailable(true));

        OverHttp.problem(answer, 503, "/problems/store-unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("detail").asText())
                .contains("the command may have taken effect")
                .contains("Idempotency-Key, send it again with the same key");
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
                        new Listening("127.0.0.1", 0, Listening.IDLE, Access.forAllClients(Map.of())),
                        on -> routes.add(on.of(Side.WRITE)),
                        (method, route, status, took) -> {});
                var http = new Http(server.port())) {
            return http.post("/orders/o-1/pay", "{\"amount\":1}");
        }
    }
}
