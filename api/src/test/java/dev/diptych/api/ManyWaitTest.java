package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.launch.MemoryStore;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A thousand requests wait at once, and hold neither a connection to the database nor a platform thread. */
class ManyWaitTest {

    private static final int MANY = 1_000;

    @Nested
    class OnMemory extends Specs {
        @Override
        Store open() {
            return MemoryStore.open();
        }
    }

    @Nested
    class OnPostgres extends Specs {
        @Override
        Store open() {
            return TestPostgres.fresh();
        }
    }

    abstract static class Specs extends OnStore {

        @Test
        void a_thousand_requests_wait_at_once_while_others_are_answered() {
            pause();
            ProjectionRunner summaries = diptych.runners().stream()
                    .filter(runner -> runner.name().equals("order-summaries"))
                    .findFirst()
                    .orElseThrow();
            diptych.runners().stream().filter(runner -> runner != summaries).forEach(ProjectionRunner::resume);
            String location = place("awaited").header("Location");
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            try (var few = Executors.newFixedThreadPool(4);
                    var client = HttpClient.newBuilder().executor(few).build()) {
                List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                                () -> untilVisible(client, location))
                        .limit(MANY)
                        .toList();
                Waiting.until("all of them wait", () -> diptych.waiting() == MANY);

                assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
                        .as("platform threads more than before")
                        .isLessThan(50);
                assertThat(get("/orders").status()).isEqualTo(200);
                assertThat(getOnceVisible(place("meanwhile").header("Location").replace("/orders/meanwhile", "/orders"))
                                .status())
                        .isEqualTo(200);
                assertThat(waiting).as("those who wait").noneMatch(CompletableFuture::isDone);

                summaries.resume();
                assertThat(waiting).allMatch(each -> each.join().statusCode() == 200);
            }
        }

        /** Asks again when it has waited in vain, as it may have before the last of the others has come. */
        private CompletableFuture<HttpResponse<String>> untilVisible(HttpClient client, String location) {
            HttpRequest request =
                    http.request(location).header("Prefer", "wait=30").build();
            return client.sendAsync(request, BodyHandlers.ofString())
                    .thenCompose(answer -> answer.statusCode() == 503
                            ? untilVisible(client, location)
                            : CompletableFuture.completedFuture(answer));
        }
    }
}
