package dev.diptych.docs;

import dev.diptych.api.RunningApi;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a reader loses that asks for everything after the last position it saw, while others append; and what this
 * store's reader loses at the same time. Started by {@code mvn -q -Pnaive}; chapter 5 is about it.
 *
 * @param writer where others append
 * @param projector where this store's reader reads
 * @param connection the naive reader's, to the same database
 */
record NaiveReader(EventStore writer, EventStore projector, Connection connection) {

    private static final int WRITERS = 16;
    private static final int PAGE = 100;

    /** A commit takes a while now and then, and some never come: a disk, a network, a rule in a trigger. */
    private static final String TROUBLE = """
            CREATE FUNCTION public.trouble() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF random() < 0.05 THEN
                    PERFORM pg_sleep(0.025 * random());
                ELSIF random() < 0.1 THEN
                    RAISE EXCEPTION 'rolled back';
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER trouble AFTER INSERT ON diptych.events
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.trouble();
            """;

    public static void main(String[] args) throws Exception {
        System.out.print(run(200).inWords());
        System.exit(0);
    }

    /** What came out: all positions that were committed, and those that each reader saw. */
    record Outcome(Set<Long> committed, Set<Long> naive, Set<Long> store) {

        long lostByTheNaiveOne() {
            return committed.stream()
                    .filter(position -> !naive.contains(position))
                    .count();
        }

        long lostByTheStore() {
            return committed.stream()
                    .filter(position -> !store.contains(position))
                    .count();
        }

        String inWords() {
            return String.format(Locale.ROOT, """
                    %d writers at once; some appends are rolled back, some commit late.
                    Events committed: %,d
                    Never seen by the naive reader: %,d
                    Never seen by this store's reader: %,d
                    """, WRITERS, committed.size(), lostByTheNaiveOne(), lostByTheStore());
        }
    }

    static Outcome run(int appendsPerWriter) throws Exception {
        try (RunningApi api = RunningApi.on("postgres");
                Connection connection = api.connect();
                Statement statement = connection.createStatement();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            var demonstration = new NaiveReader(api.writer(), api.projector(), connection);
            var writing = new AtomicBoolean(true);
            Set<Long> seen = new ConcurrentSkipListSet<>();
            Future<Set<Long>> naive = threads.submit(() -> demonstration.readNaively(seen, writing));
            Future<Set<Long>> store = threads.submit(() -> demonstration.readAsTheStoreDoes(writing));
            try (Connection late = api.connect()) {
                demonstration.commitLate(late, seen);
            }
            statement.execute(TROUBLE);
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers.add(() -> demonstration.write(number, appendsPerWriter));
            }
            for (Future<Void> each : threads.invokeAll(writers)) {
                each.get();
            }
            writing.set(false);
            return new Outcome(new TreeSet<>(demonstration.after(0, Integer.MAX_VALUE)), naive.get(), store.get());
        }
    }

    /** One loss that is certain: what is committed after the naive reader has seen an event with a higher position. */
    private void commitLate(Connection late, Set<Long> seen) throws SQLException {
        late.setAutoCommit(false);
        try (PreparedStatement append =
                late.prepareStatement("SELECT diptych.append(true, 'order-late', 'any', null, true, null, null,"
                        + " ?, ?, ?, ?, null, null, null, null)")) {
            NewEvent placed = placed("late");
            append.setString(1, placed.type());
            append.setInt(2, placed.schemaVersion());
            append.setString(3, placed.payload());
            append.setString(4, placed.metadata());
            append.execute();
        }
        writer.append(StreamName.of("order", "next"), ExpectedVersion.noStream(), List.of(placed("next")));
        Waiting.until("the naive reader has seen the event behind the one that is late", () -> !seen.isEmpty());
        late.commit();
    }

    private static NewEvent placed(String id) {
        return StoredEvents.codec().encode(new OrderPlaced(id, "c-1", List.of(), Money.ZERO, Instant.EPOCH), Map.of());
    }

    private Void write(int number, int appends) {
        for (int i = 0; i < appends; i++) {
            String id = number + "-" + i;
            try {
                writer.append(StreamName.of("order", id), ExpectedVersion.noStream(), List.of(placed(id)));
            } catch (RuntimeException e) {
                // rolled back: nothing was stored
            }
        }
        return null;
    }

    private Set<Long> readNaively(Set<Long> seen, AtomicBoolean writing) throws SQLException {
        long last = 0;
        while (true) {
            boolean mayBeMore = writing.get();
            List<Long> page = after(last, PAGE);
            seen.addAll(page);
            if (!page.isEmpty()) {
                last = page.getLast();
            } else if (!mayBeMore) {
                return seen;
            }
        }
    }

    private synchronized List<Long> after(long position, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT position FROM diptych.events WHERE position > ? ORDER BY position LIMIT ?")) {
            select.setLong(1, position);
            select.setInt(2, limit);
            List<Long> positions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
            return positions;
        }
    }

    private Set<Long> readAsTheStoreDoes(AtomicBoolean writing) {
        Set<Long> seen = new TreeSet<>();
        long last = 0;
        while (true) {
            boolean mayBeMore = writing.get();
            List<RecordedEvent> events = projector.readAll(last, PAGE).events();
            if (events.isEmpty() && !mayBeMore) {
                return seen;
            }
            events.forEach(event -> seen.add(event.position()));
            last = events.isEmpty() ? last : events.getLast().position();
        }
    }
}
