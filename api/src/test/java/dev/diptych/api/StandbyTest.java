package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.http.ConsistencyTokens;
import dev.diptych.core.projection.Checkpoints;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Where the last position that was given out cannot be seen, as on a standby, a token may be ahead of what is there. */
class StandbyTest extends OnStore {

    @Override
    Store open() {
        Store store = MemoryStore.open();
        return new Store(
                store.name(),
                store.write(),
                store.project(),
                store.read().map(StandbyTest::withoutHead),
                store.insight(),
                store.onClose());
    }

    private static Store.Read withoutHead(Store.Read store) {
        return new Store.Read(
                new WithoutHead(store.checkpoints()),
                store.orderSummaries(),
                store.orderList(),
                store.productSales(),
                store.subscriptionSummaries(),
                store.activeCustomers());
    }

    private record WithoutHead(Checkpoints of) implements Checkpoints {
        @Override
        public String storeId() {
            return of.storeId();
        }

        @Override
        public Progress look() {
            return new Progress(of.look().positions(), OptionalLong.empty());
        }
    }

    @Test
    void a_token_that_is_ahead_is_waited_for_and_then_503() {
        place("o");
        String token = new ConsistencyTokens(
                        diptych.store().write().orElseThrow().events().id())
                .of(1_000);
        long begin = System.nanoTime();
        Http.Answer answer = get("/orders?after=" + token, "Prefer", "wait=1");
        OverHttp.problem(answer, 503, "/problems/not-yet-visible");
        assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
    }

    @Test
    void a_token_that_was_given_out_is_met_as_anywhere() {
        assertThat(getOnceVisible(place("met").header("Location")).status()).isEqualTo(200);
    }
}
