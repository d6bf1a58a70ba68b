package dev.diptych.store.postgres.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Writers that stress the order of events: appends of several events, rolled-back transactions, late commits, and
 * killed server processes.
 */
final class HostileWriters {

    /** Counted in appends, not in time, so that the result does not depend on the speed of the machine. */
    private static final int APPENDS_FOR_EACH_KILL = 40;

    private static final String APPEND =
            "SELECT diptych.append(true, ?, 'any', null, true, ?, ?, 'tick', 1, '{}', '{}', ?, ?, ?, ?)";

    private final DataSource source;
    private final int appends;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger killed = new AtomicInteger();
    private final Semaphore due = new Semaphore(1);

    HostileWriters(DataSource source, int appendsPerWriter) {
        this.source = source;
        this.appends = appendsPerWriter;
    }

    /** Runs one writer. When its connection is killed, it continues on a new one with the next append. */
    void write(long seed) throws SQLException, InterruptedException {
        var random = new Random(seed);
        int done = 0;
        while (done < appends && !Thread.currentThread().isInterrupted()) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement call = connection.prepareStatement(APPEND)) {
                    for (; done < appends; done++) {
                        if (begun.incrementAndGet() % APPENDS_FOR_EACH_KILL == 0) {
                            due.release();
                        }
                        append(call, random);
                        end(connection, random);
                    }
                }
            } catch (SQLException e) {
                if (!String.valueOf(e.getSQLState()).startsWith("57P") && !"08006".equals(e.getSQLState())) {
                    throw e;
                }
                killed.incrementAndGet();
                done++;
            }
        }
    }

    private static void append(PreparedStatement call, Random random) throws SQLException {
        Connection connection = call.getConnection();
        int more = random.nextInt(4);
        boolean stamped = random.nextInt(5) == 0;
        call.setString(1, "s-" + random.nextInt(40));
        call.setString(2, stamped ? "k-" + random.nextLong() : null);
        call.setString(3, stamped ? "f" : null);
        call.setArray(4, more == 0 ? null : connection.createArrayOf("text", filled(more, "tick")));
        call.setArray(5, more == 0 ? null : connection.createArrayOf("int4", filled(more, 1)));
        call.setArray(6, more == 0 ? null : connection.createArrayOf("text", filled(more, "{}")));
        call.setArray(7, more == 0 ? null : connection.createArrayOf("text", filled(more, "{}")));
        call.executeQuery().close();
    }

    private static void end(Connection connection, Random random) throws SQLException, InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 10) {
            connection.rollback();
            return;
        }
        if (dice < 15) {
            Thread.sleep(1 + random.nextInt(25));
        }
        connection.commit();
    }

    /** Kills the process of one writer, if a kill becomes due within 20 milliseconds. */
    void killOne(Connection admin) throws SQLException, InterruptedException {
        if (!due.tryAcquire(20, TimeUnit.MILLISECONDS)) {
            return;
        }
        try (var statement = admin.createStatement();
                var found = statement.executeQuery(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'hostile' ORDER BY random() LIMIT 1")) {
            if (!found.next()) {
                due.release(); // no writer is connected
            }
        }
    }

    int killed() {
        return killed.get();
    }

    private static Object[] filled(int length, Object value) {
        var array = new Object[length];
        java.util.Arrays.fill(array, value);
        return array;
    }
}
