package dev.diptych.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.Program;
import dev.diptych.core.contract.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of commands. */
class CommandLogTest {

    private static final String BODY =
            "{\"order_id\":\"o\",\"customer_id\":\"secret-customer\",\"items\":[{\"sku\":\"secret-sku\",\"quantity\":1,"
                    + "\"unit_price\":\"98765.43\"}]}";

    private static final String TOKEN = "Bearer secret-token-0123456789";

    @Test
    void each_command_is_logged_on_one_line_without_its_content() throws Exception {
        try (Program program = Program.start("--write-token=shop=secret-token-0123456789")) {
            Http http = program.http();
            String token = http.send(http.request("/orders")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "key-1")
                            .header("Correlation-Id", "checkout-7")
                            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                            .header("Authorization", TOKEN)
                            .POST(BodyPublishers.ofString(BODY)))
                    .header("Consistency-Token");
            assertThat(token).isNotEmpty();
            assertThat(http.getOnceVisible("/orders/o?after=" + token).status()).isEqualTo(200);
            post(http, "/orders/o/ship", "");
            post(http, "/orders/o/cancel", "{\"reason\":\"secret-reason\"}");
            post(http, "/orders/none/pay", "{\"amount\":\"98765.43\"}");
            post(http, "/orders", "{"); // makes no command

            List<String> lines =
                    Waiting.until("a line for each command", () -> commands(program), written -> written.size() >= 4);
            program.stopAndRead();

            assertThat(commands(program)).as("once it has ended").isEqualTo(lines);
            assertThat(lines.get(0))
                    .matches(".*INFO commands - command=PlaceOrder id=key-1 correlation=checkout-7"
                            + " traceparent=00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01 token_name=shop"
                            + " outcome=accepted stream=order-o version=1 millis=\\d+\\.\\d+");
            assertThat(lines.get(1)).contains("command=ShipOrder", "outcome=rejected rule=order-not-paid millis=");
            assertThat(lines.get(2)).contains("command=CancelOrder", "outcome=accepted stream=order-o version=2");
            assertThat(lines.get(3)).contains("command=PayOrder", "outcome=not-found stream=order-none millis=");
            assertThat(String.join("\n", program.written())).doesNotContain("secret", "98765.43", token);
        }
    }

    private static void post(Http http, String path, String json) {
        http.send(http.request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", TOKEN)
                .POST(BodyPublishers.ofString(json)));
    }

    private static List<String> commands(Program program) {
        return program.written().stream()
                .filter(line -> line.contains("command="))
                .toList();
    }
}
