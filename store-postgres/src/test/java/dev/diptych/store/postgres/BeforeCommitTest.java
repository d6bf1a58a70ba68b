package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The last moment at which a batch can end without an effect. */
class BeforeCommitTest {

    @AutoClose
    private final TestDatabase on = TestServer.newest().fresh();

    @Test
    void rows_and_checkpoint_are_written_and_not_visible() {
        ReadModelStore model = new PostgresTallies(on).readModel(new Tallies());
        var batch = new Batch(
                0,
                List.of(new PublishedEvent<>(new Coin("a", 1), 1, 1)),
                on.store().history());
        assertThat(model.apply(batch.beforeCommit(() -> {
                    assertThat(on.query("SELECT query FROM pg_stat_activity WHERE state = 'idle in transaction'"
                                    + " AND datname = current_database()"))
                            .as("the last statement of the open transaction")
                            .singleElement()
                            .asString()
                            .contains("INSERT INTO diptych.tallies");
                    assertThat(on.query("SELECT key FROM diptych.tallies")).isEmpty();
                })))
                .isTrue();
        assertThat(on.query("SELECT key FROM diptych.tallies")).containsExactlyInAnyOrder("a", "total");
    }
}
