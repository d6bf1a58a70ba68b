package dev.diptych.store.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.contract.Tally.Tallies;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Pace;
import dev.diptych.store.postgres.PostgresSchema;
import dev.diptych.store.postgres.PostgresTallies;
import dev.diptych.store.postgres.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of a database before it is copied, and the checks of a copy. */
record SampleStore(TestDatabase old, List<RecordedEvent> events, Map<String, Tally> rows, long checkpoint, long head) {

    static final StreamName PURSE = new StreamName("purse-1");

    private static final CommandStamp LAST = new CommandStamp("command-20", "sent");
    private static final String PROJECTION = "tallies";

    /**
     * Creates two streams with 20 events each, a command id for each event of the first, and a read model. Some
     * positions between and after the events are unused, because their transactions were rolled back.
     */
    static SampleStore filled(TestDatabase old) throws Exception {
        String history = old.store().history();
        for (int i = 1; i <= 20; i++) {
            append(
                    old,
                    PURSE,
                    ExpectedVersion.of(i - 1, history),
                    i,
                    Optional.of(new CommandStamp("command-" + i, "sent")));
            append(old, new StreamName("purse-2"), ExpectedVersion.any(), -i, Optional.empty());
            if (i % 5 == 0) {
                rollBackOne(old);
            }
        }
        Map<String, Tally> rows = project(old, PROJECTION);
        long checkpoint = checkpoint(old);
        List<RecordedEvent> events = old.store().readAll(0, 1_000).events();
        assertThat(events).hasSize(40);
        assertThat(events.getLast().position()).isEqualTo(checkpoint).isEqualTo(43);
        return new SampleStore(old, events, rows, checkpoint, old.store().head());
    }

    static AppendResult append(
            TestDatabase on, StreamName stream, ExpectedVersion expected, int amount, Optional<CommandStamp> stamp) {
        return on.store().append(stream, expected, List.of(coin(stream, amount)), stamp);
    }

    private static NewEvent coin(StreamName stream, int amount) {
        return Coin.CODEC.encode(new Coin(stream.value(), amount), Map.of());
    }

    private static void rollBackOne(TestDatabase on) throws Exception {
        try (Connection connection = on.source().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "SELECT diptych.append(true, 'purse-3', 'any', null, true, null, null, 'coin', 1, '{}', '{}',"
                            + " null, null, null, null)");
            connection.rollback();
        }
    }

    /** Runs a projection until it has applied all events, and returns its rows. */
    static Map<String, Tally> project(TestDatabase on, String name) {
        var tallies = new PostgresTallies(on);
        var model = tallies.readModel(new Tallies(name));
        try (var runner = new ProjectionRunner(on.store(), Coin.CODEC, model, Pace.DEFAULT)) {
            runner.start();
            Waiting.until(
                    "all events are applied",
                    () -> model.checkpoint() == on.store().head());
        }
        return tallies.rows(model);
    }

    static long checkpoint(TestDatabase on) {
        return new PostgresTallies(on).readModel(new Tallies(PROJECTION)).checkpoint();
    }

    private long lastOf(StreamName stream) {
        return events.stream()
                .filter(event -> event.stream().equals(stream))
                .mapToLong(RecordedEvent::position)
                .max()
                .orElseThrow();
    }

    /** Asserts that a copy has all events, and that appends, command ids and projections continue. */
    void assertContinuesIn(TestDatabase fresh) {
        PostgresSchema.require(fresh.database(), List.of(PostgresSchema.EVENTS));
        fresh.database().requireWritable();
        var store = fresh.store();

        assertThat(store.readAll(0, 1_000).events()).as("the events").isEqualTo(events);
        assertThat(store.head()).as("the last event").isEqualTo(head);
        String history = store.history();
        assertThat(history)
                .as("the history of another database")
                .isNotEqualTo(old.store().history());

        assertThat(append(fresh, PURSE, ExpectedVersion.exactly(19, history), 1, Optional.empty()))
                .isEqualTo(new AppendResult.Conflict(PURSE, ExpectedVersion.exactly(19, history), 20, history));
        assertThat(append(fresh, PURSE, ExpectedVersion.exactly(19, history), 20, Optional.of(LAST)))
                .as("the last command, sent again")
                .isInstanceOfSatisfying(
                        AppendResult.Repeated.class,
                        repeated ->
                                assertThat(repeated.first()).isEqualTo(new Receipt(PURSE, 20, lastOf(PURSE), history)));
        assertThat(append(
                        fresh,
                        PURSE,
                        ExpectedVersion.any(),
                        7,
                        Optional.of(new CommandStamp("command-20", "something else"))))
                .isInstanceOf(AppendResult.CommandIdTaken.class);

        assertThat(append(fresh, PURSE, ExpectedVersion.exactly(20, history), 5, Optional.empty()))
                .isInstanceOfSatisfying(AppendResult.Appended.class, appended -> {
                    assertThat(appended.receipt().version()).isEqualTo(21);
                    assertThat(appended.receipt().position()).isGreaterThan(head);
                });
        assertThat(store.readAll(head, 10).events())
                .as("what a reader of all earlier events sees")
                .singleElement()
                .satisfies(event -> assertThat(event.version()).isEqualTo(21));
        assertThat(append(fresh, PURSE, ExpectedVersion.noStream(), 1, Optional.empty()))
                .isEqualTo(new AppendResult.Conflict(PURSE, ExpectedVersion.noStream(), 21, history));

        assertThat(project(fresh, PROJECTION))
                .as("the rows of a continued and of a rebuilt projection")
                .isEqualTo(project(fresh, "other-tallies"))
                .hasSameSizeAs(rows)
                .isNotEqualTo(rows);
    }
}
