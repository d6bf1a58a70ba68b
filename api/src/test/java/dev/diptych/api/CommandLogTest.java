package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the program writes about its commands. */
class CommandLogTest {

    private static final String BODY =
            "{\"order_id\":\"o\",\"customer_id\":\"secret-customer\",\"items\":[{\"sku\":\"secret-sku\",\"quantity\":1,"
                    + "\"unit_price\":\"98765.43\"}]}";

    @Test
    void there_is_one_line_for_each_command_and_nothing_of_what_is_in_it() throws Exception {
        try (Program program = Program.start()) {
            Http http = program.http();
            String token = http.send(http.request("/orders")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "key-1")
                            .header("Correlation-Id", "checkout-7")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(BODY)))
                    .header("Consistency-Token");
            assertThat(token).isNotEmpty();
            assertThat(http.getOnceVisible("/orders/o?after=" + token).status()).isEqualTo(200);
            http.post("/orders/o/ship", "");
            http.post("/orders/o/cancel", "{\"reason\":\"secret-reason\"}");
            http.post("/orders/none/pay", "{\"amount\":\"98765.43\"}");
            http.post("/orders", "{"); // makes no command

            List<String> lines =
                    Waiting.until("a line for each command", () -> commands(program), written -> written.size() >= 4);
            program.stopAndRead();

            assertThat(commands(program)).as("once it has ended").isEqualTo(lines);
            assertThat(lines.get(0))
                    .matches(".*INFO commands - command=PlaceOrder id=key-1 correlation=checkout-7"
                            + " outcome=accepted stream=order-o version=1 millis=\\d+\\.\\d+");
            assertThat(lines.get(1)).contains("command=ShipOrder", "outcome=rejected rule=order-not-paid millis=");
            assertThat(lines.get(2)).contains("command=CancelOrder", "outcome=accepted stream=order-o version=2");
            assertThat(lines.get(3)).contains("command=PayOrder", "outcome=not-found stream=order-none millis=");
            assertThat(String.join("\n", program.written())).doesNotContain("secret", "98765.43", token);
        }
    }

    private static List<String> commands(Program program) {
        return program.written().stream()
                .filter(line -> line.contains("command="))
                .toList();
    }
}
