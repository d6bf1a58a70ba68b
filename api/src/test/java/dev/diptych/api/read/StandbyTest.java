package dev.diptych.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Store;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.launch.MemoryStore;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OnStore;
import dev.diptych.api.support.OverHttp;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.ProjectionProgress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On a standby, a token can be ahead of all replayed events. */
class StandbyTest extends OnStore {

    @Override
    protected Store open() {
        Store store = MemoryStore.open();
        return new Store(
                store.name(),
                store.roles(),
                store.events(),
                store.addresses(),
                store.project(),
                asACopy(store.read()),
                store.leases(),
                store.oldestAppend(),
                store.openAppend(),
                store.pools(),
                store.onClose());
    }

    private static Store.Read asACopy(Store.Read store) {
        return new Store.Read(new OfACopy(store.checkpoints()), store.contexts());
    }

    private record OfACopy(Checkpoints of) implements Checkpoints {
        @Override
        public HistoryStatus statusOf(String history) {
            HistoryStatus status = of.statusOf(history);
            return status == HistoryStatus.UNKNOWN ? HistoryStatus.NOT_HERE_YET : status;
        }

        @Override
        public Map<String, ProjectionProgress> progress() {
            return of.progress().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            each -> ProjectionProgress.ofReader(each.getValue().checkpoint(), OptionalLong.empty())));
        }
    }

    @Test
    void a_token_of_an_unreplayed_history_waits_and_returns_503() {
        place("o");
        String token = Places.token(new Place("of-the-primary", 1));
        long begin = System.nanoTime();
        Http.Answer answer = get("/orders?after=" + token, "Prefer", "wait=1");
        OverHttp.problem(answer, 503, "/problems/not-yet-visible");
        assertThat(answer.json().has("behind"))
                .as("positions of two histories have no distance")
                .isFalse();
        assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
    }

    @Test
    void a_token_is_accepted_on_a_standby() {
        assertThat(getOnceVisible(place("met").header("Location")).status()).isEqualTo(200);
    }
}
