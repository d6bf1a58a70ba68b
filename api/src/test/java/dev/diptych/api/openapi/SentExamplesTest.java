package dev.diptych.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.description.Description;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples that do not hold are found when they are sent. */
class SentExamplesTest {

    private static final String PAY = "/paths/~1orders~1{order_id}~1pay/post";
    private static final String ORDER = "/paths/~1orders~1{order_id}/get/responses/200/content/application~1json";

    @Test
    void every_planted_fault_is_detected() {
        Description planted = Description.API
                .with(PAY + "/requestBody/content/application~1json/examples/done/value", "{\"amount\":\"16.00\"}")
                .with(PAY + "/responses/409/content/application~1problem+json/examples/too-little/value/more", "1")
                .with(PAY + "/requestBody/content/application~1json/examples/alone", "{\"value\":{\"amount\":1}}")
                .with(
                        "/paths/~1metrics/get/responses/200/content/text~1plain/examples/metrics/value",
                        "\"diptych_nothing 1\"")
                .with(ORDER + "/examples/placed/value/total", "\"15.01\"")
                .with(
                        "/components/responses/OrderAccepted/links/order/parameters/order_id",
                        "\"$response.body#/status\"");

        try (var diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0)) {
            List<String> found = new SentExamples(planted, new Http(diptych.port())).deviations();

            for (String deviation : List.of(
                    "POST /orders/{order_id}/pay, example done is answered with 409 instead of 202",
                    "POST /orders/{order_id}/pay, example too-little:  has the members",
                    "POST /orders/{order_id}/pay, example alone has an example of its answer under []",
                    "GET /orders/{order_id}, example placed: /total is \"15.00\"",
                    "GET /metrics, example metrics: the line diptych_nothing 1 is missing",
                    "POST /orders, example done links to /orders/accepted, which is answered with 404")) {
                assertThat(found).anyMatch(each -> each.startsWith(deviation));
            }
        }
    }
}
