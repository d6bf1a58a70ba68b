package dev.diptych.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.NodeState;
import dev.diptych.api.support.OnEachStore;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.projection.ProjectionRunner;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A thousand waiting requests occupy neither a connection to the database nor a platform thread. */
class ManyWaitTest extends OnEachStore {

    private static final int MANY = 1_000;

    @Test
    void a_thousand_waiting_requests_do_not_block_others() {
        pause();
        ProjectionRunner summaries = NodeState.runners(diptych).stream()
                .filter(runner -> runner.name().equals("order-summaries"))
                .findFirst()
                .orElseThrow();
        NodeState.runners(diptych).stream()
                .filter(runner -> runner != summaries)
                .forEach(ProjectionRunner::resume);
        String location = place("awaited").header("Location");
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        try (var few = Executors.newFixedThreadPool(4);
                var client = HttpClient.newBuilder().executor(few).build()) {
            List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                            () -> untilVisible(client, location))
                    .limit(MANY)
                    .toList();
            Waiting.until("all of them wait", () -> NodeState.waiting(diptych) == MANY);

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
                    .as("platform threads more than before")
                    .isLessThan(MANY / 5);
            assertThat(get("/orders").status()).isEqualTo(200);
            assertThat(getOnceVisible(place("meanwhile").header("Location").replace("/orders/meanwhile", "/orders"))
                            .status())
                    .isEqualTo(200);
            assertThat(waiting).as("those who wait").noneMatch(CompletableFuture::isDone);

            summaries.resume();
            assertThat(waiting).allMatch(each -> each.join().statusCode() == 200);
        }
    }

    /** Repeats the query after a timeout, which may occur before the last of the others has been sent. */
    private CompletableFuture<HttpResponse<String>> untilVisible(HttpClient client, String location) {
        HttpRequest request = http.request(location).header("Prefer", "wait=30").build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() == 503
                        ? untilVisible(client, location)
                        : CompletableFuture.completedFuture(answer));
    }
}
