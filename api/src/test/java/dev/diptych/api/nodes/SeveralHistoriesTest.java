package dev.diptych.api.nodes;

import static dev.diptych.api.support.OrderClient.token;
import static dev.diptych.api.support.OverHttp.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Diptych;
import dev.diptych.api.NodeState;
import dev.diptych.api.Role;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.StreamClient;
import dev.diptych.core.contract.Waiting;
import dev.diptych.store.postgres.faults.Backup;
import dev.diptych.store.postgres.faults.Relay;
import dev.diptych.store.postgres.faults.Standby;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fail-overs one after the other, restored backups, and a standby that lags: each history is told from every other. */
@Tag("full")
class SeveralHistoriesTest {

    private static final String SUPERSEDED = "/problems/superseded-history";

    @TempDir
    private Path directory;

    private ReplicatedStore store;
    private Diptych node;
    private OrderClient client;

    @BeforeEach
    void start() {
        store = ReplicatedStore.create(directory);
        node = store.start(Role.WRITE, Role.PROJECT, Role.READ);
        client = OrderClient.of(node);
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
        store.close();
    }

    private void awaitListed(String... orders) {
        Waiting.untilAsserted(
                "the list is as it should be", () -> assertThat(client.listed()).containsExactlyInAnyOrder(orders));
    }

    @Test
    void after_two_fail_overs_only_tokens_of_the_third_history_are_valid() {
        Http.Answer first = client.placeUntilAccepted("on-the-first");
        client.find(first);
        store.failOverTo(store.standby());
        Http.Answer second = client.placeUntilAccepted("on-the-second");
        client.find(second);
        store.failOverTo(store.standby());
        Http.Answer third = client.placeUntilAccepted("on-the-third");

        client.find(third);
        awaitListed("on-the-first", "on-the-second", "on-the-third");
        problem(client.get("/orders?after=" + token(first)), 410, SUPERSEDED);
        problem(client.get("/orders?after=" + token(second)), 410, SUPERSEDED);
        problem(client.pay("on-the-first", "If-Match", first.header("ETag")), 412, "/problems/precondition-failed");
        problem(client.pay("on-the-second", "If-Match", second.header("ETag")), 412, "/problems/precondition-failed");
    }

    /** Both are on timeline 2, and both give out the same positions. */
    @Test
    void two_servers_restored_from_backups_of_one_primary_have_different_histories() {
        client.find(client.placeUntilAccepted("kept"));
        Waiting.until(
                "the projections have caught up",
                () -> NodeState.progress(node).values().stream()
                        .allMatch(projection -> projection.lag().orElseThrow() == 0));
        Backup one = store.backup();
        Backup other = store.backup();
        Http.Answer lost = client.placeUntilAccepted("lost");
        client.find(lost);

        store.restore(one);
        Http.Answer onTheOne = client.placeUntilAccepted("again");
        client.find(onTheOne);
        awaitListed("kept", "again");
        problem(client.get("/orders?after=" + token(lost)), 410, SUPERSEDED);

        store.restore(other);
        Http.Answer onTheOther = client.placeUntilAccepted("again");
        client.find(onTheOther);
        awaitListed("kept", "again");
        problem(client.get("/orders?after=" + token(onTheOne)), 400, "/problems/invalid-parameters"); // unknown
        problem(client.pay("again", "If-Match", onTheOne.header("ETag")), 412, "/problems/precondition-failed");
        problem(client.get("/orders?after=" + token(lost)), 410, SUPERSEDED);
    }

    @Test
    void a_standby_waits_for_a_history_that_it_has_not_replayed_and_then_serves_it() {
        Http.Answer before = client.placeUntilAccepted("before");
        client.find(before);
        Standby next = store.standby();
        Standby lagging = store.standby();
        lagging.pauseReplay();
        try (Diptych reader = ReplicatedStore.startOn(lagging.server(), Role.READ);
                OrderClient there = OrderClient.of(reader)) {
            store.switchOverTo(next);
            lagging.replication().pointTo(next.server().port());
            Http.Answer after = client.placeUntilAccepted("after");
            client.find(after);
            problem(there.get(after.header("Location"), "Prefer", "wait=1"), 503, "/problems/not-yet-visible");

            lagging.resumeReplay();
            lagging.awaitCaughtUp(store.primary());
            there.find(after);
            Waiting.untilAsserted(
                    "the standby knows that the history has ended",
                    () -> problem(there.get("/orders?after=" + token(before)), 410, SUPERSEDED));
        }
    }

    /** When it comes back, the view is at the position at which it was before, which is that of another event now. */
    @Test
    void a_disconnected_client_restarts_its_stream_in_the_new_history() {
        try (Relay readAddress = Relay.to(store.primary().port());
                Diptych reader = ReplicatedStore.start(Map.of(Role.READ, readAddress.url(store.url())));
                OrderClient there = OrderClient.of(reader);
                StreamClient stream = new StreamClient(there.http())) {
            client.find(client.placeUntilAccepted("kept"));
            Standby standby = store.standby();
            standby.cutReplication();
            client.placeUntilAccepted("lost");
            Waiting.until("the stream shows both orders", () -> stream.rows().equals(Set.of("kept", "lost")));
            long last = position();

            readAddress.cut();
            store.failOverTo(standby);
            client.find(client.placeUntilAccepted("after"));
            awaitListed("kept", "after");
            assertThat(position()).isEqualTo(last);
            readAddress.pointTo(store.primary().port());
            readAddress.mend();

            Waiting.untilAsserted(
                    "the stream shows the orders of the new history",
                    () -> assertThat(stream.rows()).containsExactlyInAnyOrder("kept", "after"));
            assertThat(stream.resets()).as("times that the list was emptied").isPositive();
        }
    }

    private long position() {
        return Long.parseLong(
                store.query("SELECT max(position) FROM diptych.events").getFirst());
    }
}
