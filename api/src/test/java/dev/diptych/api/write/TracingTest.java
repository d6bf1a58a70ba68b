package dev.diptych.api.write;

import static dev.diptych.api.support.OverHttp.errors;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diptych.api.Diptych;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.api.support.OnStore;
import dev.diptych.core.command.Command;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event says which command raised it, to what that belonged, and who sent it. */
class TracingTest extends OnEachStore {

    private static final String HEADER = "Correlation-Id";
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String NEW_TRACE = "00-[0-9a-f]{32}-[0-9a-f]{16}-00";

    @ParameterizedTest
    @CsvSource({
        "GET, /orders, 200",
        "HEAD, /orders, 200",
        "GET, /orders/none, 404",
        "GET, /orders?limit=x, 400",
        "GET, /nowhere, 404",
        "DELETE, /orders, 405",
        "OPTIONS, /orders, 204",
        "POST, /orders/none/ship, 404",
        "GET, /metrics, 200",
        "GET, /health/live, 200",
        "GET, /, 200"
    })
    void every_answer_states_the_trace_and_a_span_of_the_server(String method, String path, int status) {
        var request = http.request(path).method(method, BodyPublishers.noBody());
        Http.Answer answer = http.send(request.header("traceparent", PARENT));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().headers().allValues("traceresponse"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
                .isNotEqualTo(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more"
            })
    void an_invalid_trace_is_ignored_and_a_new_one_begins(String parent) {
        assertThat(get("/orders", "traceparent", parent).header("traceresponse"))
                .matches(NEW_TRACE)
                .doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void several_traces_are_invalid() {
        assertThat(get("/orders", "traceparent", PARENT, "traceparent", PARENT).header("traceresponse"))
                .matches(NEW_TRACE)
                .doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @CsvSource({
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later, 01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, 00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe, 00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff, 01"
    })
    void a_later_version_is_read_as_version_00_and_only_the_flag_sampled_is_kept(String parent, String flags) {
        assertThat(get("/orders", "traceparent", parent).header("traceresponse"))
                .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-" + flags);
    }

    private List<JsonNode> metadata(String stream) {
        return diptych.store().events().readStream(new StreamName(stream), 0, 10).events().stream()
                .map(RecordedEvent::metadata)
                .map(Http::json)
                .toList();
    }

    /** The metadata without the trace, which no two requests share. */
    private List<JsonNode> untraced(String stream) {
        List<JsonNode> all = metadata(stream);
        all.forEach(each -> ((ObjectNode) each).remove("traceparent"));
        return all;
    }

    @Test
    void an_event_remembers_the_trace_of_the_request_as_the_answer_states_it() {
        String stated = place("traced", "traceparent", PARENT).header("traceresponse");
        assertThat(stated).matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01");
        assertThat(metadata("order-traced").getFirst().get("traceparent").asText())
                .isEqualTo(stated)
                .isNotEqualTo(PARENT);
    }

    @Test
    void a_request_without_a_trace_begins_one() {
        String first = place("untraced").header("traceresponse");
        String second = pay("untraced").header("traceresponse");
        assertThat(metadata("order-untraced"))
                .extracting(metadata -> metadata.get("traceparent").asText())
                .containsExactly(first, second);
        assertThat(first).matches(NEW_TRACE);
        assertThat(second).doesNotContain(first.split("-", -1)[1]);
    }

    @Test
    void the_same_request_in_another_trace_is_the_same_request() {
        Http.Answer first = place("retraced", "Idempotency-Key", "retraced");
        Http.Answer second = place("retraced", "Idempotency-Key", "retraced", "traceparent", PARENT);
        assertThat(second.header("Consistency-Token")).isEqualTo(first.header("Consistency-Token"));
        assertThat(metadata("order-retraced")).hasSize(1);
    }

    @Test
    void an_event_stores_its_command_key_and_correlation_id() {
        Http.Answer placed = place("told", HEADER, "checkout-7", "Idempotency-Key", "\"told-1\"");
        assertThat(placed.header(HEADER)).isEqualTo("checkout-7");
        pay("told", HEADER, "checkout-7", "Idempotency-Key", "told-2");
        assertThat(untraced("order-told"))
                .containsExactly(
                        Http.json("{\"command\":\"PlaceOrder\",\"causation_id\":\"told-1\","
                                + "\"correlation_id\":\"checkout-7\"}"),
                        Http.json("{\"command\":\"PayOrder\",\"causation_id\":\"told-2\","
                                + "\"correlation_id\":\"checkout-7\"}"));
    }

    @Test
    void missing_ids_are_generated_and_returned() {
        String correlation = place("untold").header(HEADER);
        assertThat(correlation).hasSize(36);
        JsonNode metadata = metadata("order-untold").getFirst();
        assertThat(metadata.get("correlation_id").asText()).isEqualTo(correlation);
        assertThat(metadata.get("causation_id").asText()).hasSize(36).isNotEqualTo(correlation);
        assertThat(pay("untold").header(HEADER)).hasSize(36).isNotEqualTo(correlation);
    }

    @Test
    void the_same_request_with_another_correlation_id_is_the_same_request() {
        Http.Answer first = place("twice", HEADER, "one", "Idempotency-Key", "twice");
        Http.Answer second = place("twice", HEADER, "two", "Idempotency-Key", "twice");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Consistency-Token")).isEqualTo(first.header("Consistency-Token"));
        assertThat(second.header(HEADER)).isEqualTo("two");
        assertThat(metadata("order-twice")).hasSize(1);
    }

    @Test
    void a_rejection_has_the_correlation_id_too() {
        assertThat(pay("missing", HEADER, "asked").header(HEADER)).isEqualTo("asked");
        assertThat(post("/orders", "{", HEADER, "asked").header(HEADER)).isEqualTo("asked");
        assertThat(post("/orders?x=1", "{}").header(HEADER)).hasSize(36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\there"})
    void a_malformed_correlation_id_is_400(String value) {
        Http.Answer answer = place("malformed", HEADER, value);
        problem(answer, 400, "/problems/invalid-headers");
        assertThat(errors(answer, "field")).containsExactly(HEADER);
        assertThat(metadata("order-malformed")).isEmpty();
    }

    @Test
    void a_correlation_id_has_at_most_128_characters_and_occurs_once() {
        assertThat(place("long", HEADER, "x".repeat(128)).status()).isEqualTo(202);
        problem(place("longer", HEADER, "x".repeat(129)), 400, "/problems/invalid-headers");
        problem(place("double", HEADER, "a", HEADER, "b"), 400, "/problems/invalid-headers");
    }

    @ParameterizedTest
    @CsvSource({"shop-token-0123456789, shop", "office-token-0123456789, office", "nameless-token-0123456789,"})
    void an_event_remembers_the_side_and_the_name_of_the_token_but_not_the_token(String token, String name) {
        String tokens = "shop=shop-token-0123456789,office=office-token-0123456789,nameless-token-0123456789";
        var access = Access.forAllClients(Map.of(Side.WRITE, tokens, Side.OPERATIONS, "admin=shop-token-0123456789"));
        try (var guarded = Diptych.start(MemoryStore.open(), new Listening("127.0.0.1", 0, Listening.IDLE, access));
                var http = new Http(guarded.port())) {
            String order = "{\"order_id\":\"guarded\",\"customer_id\":\"c\"," + OnStore.ITEMS + "}";
            Http.Answer answer = http.post("/orders", order, "Authorization", "Bearer " + token);
            assertThat(answer.status()).isEqualTo(202);
            String metadata = guarded.store()
                    .events()
                    .readStream(new StreamName("order-guarded"), 0, 1)
                    .events()
                    .getFirst()
                    .metadata();
            assertThat(Http.json(metadata).path("side").asText()).isEqualTo("write");
            assertThat(Http.json(metadata).path("token_name").asText(null)).isEqualTo(name);
            assertThat(metadata).doesNotContain("0123456789");
        }
    }

    @Test
    void the_stored_names_of_commands_are_stable() {
        assertThat(Stream.of(OrderCommand.class, SubscriptionCommand.class)
                        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                        .map(Class::getSimpleName))
                .as("give a command that is renamed the old name(): events remember it")
                .contains(
                        "PlaceOrder",
                        "PayOrder",
                        "ShipOrder",
                        "CancelOrder",
                        "StartSubscription",
                        "ChangePlan",
                        "CancelSubscription");
        assertThat(Command.class.isAssignableFrom(OrderCommand.class)).isTrue();
    }
}
