package dev.diptych.store.postgres.readmodels;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.PostgresPool.Settings;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.PostgresWakeUps;
import dev.diptych.store.postgres.events.PostgresEventStore;
import java.time.Duration;
import java.util.Map;

/** Applies all events to a read model. Arguments: URL, projection, {@code rebuilt} to rebuild it halfway. */
final class RebuildProgram {

    private RebuildProgram() {}

    public static void main(String[] args) {
        var tallies = new Tallies(args[1]);
        try (var pool = new PostgresPool(Settings.of(args[0], "", "", "rebuild").withSize(4));
                var wakeUps = new PostgresWakeUps(pool.dedicated())) {
            var database = Database.ofProjector(pool.pooled());
            var store = new PostgresEventStore(database, database, wakeUps);
            var model = new PostgresReadModel<>(database, tallies, PostgresTallies.table(args[1]));
            boolean rebuilt = args[2].equals("rebuilt");
            var pace = new ProjectionRunner.Pace(
                    rebuilt ? ProjectionRunner.Pace.DEFAULT.batchSize() : 137,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(10),
                    Duration.ofMillis(10));
            long half = store.head() / 2;
            try (var runner = new ProjectionRunner(store, PADDED, model, pace)) {
                runner.start();
                if (rebuilt) {
                    Waiting.until("half of the events", () -> model.checkpoint() > half);
                    runner.rebuild(false);
                    Waiting.until(
                            "a copy serves", () -> model.generations().status().serving() > 1);
                }
                Waiting.until("all events", () -> model.checkpoint() == store.head());
            }
        }
    }

    /** Decodes a coin with padding. */
    private static final EventCodec PADDED = new EventCodec() {
        @Override
        public NewEvent encode(Object event, Map<String, String> metadata) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object decode(RecordedEvent event) {
            String coin = event.payload().substring(1, event.payload().indexOf('|'));
            int space = coin.indexOf(' ');
            return new Coin(coin.substring(space + 1), Integer.parseInt(coin.substring(0, space)));
        }
    };
}
