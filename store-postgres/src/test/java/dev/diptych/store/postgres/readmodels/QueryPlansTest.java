package dev.diptych.store.postgres.readmodels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.customers.read.active.ListActiveCustomers;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.orders.read.list.ListOrders;
import dev.diptych.core.orders.read.sales.GetProductSales;
import dev.diptych.core.query.Page;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.PostgresPool;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.architecture.SqlFiles;
import dev.diptych.store.postgres.customers.PostgresCustomers;
import dev.diptych.store.postgres.orders.PostgresOrders;
import dev.diptych.store.postgres.subscriptions.PostgresSubscriptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** With 20,000 rows in each table, no statement reads a whole table. */
class QueryPlansTest {

    private static final int ROWS = 20_000;

    /** Statements that read all of a table that has one row for each projection, or of the system catalog, at start. */
    private static final Set<String> SMALL_TABLES =
            Set.of("readmodels/paused.sql", "readmodels/replica.sql", "role-privileges.sql");

    /** Templates, which are planned with the statements that they contain. */
    private static final Set<String> TEMPLATES = Set.of(
            "readmodels/with-checkpoint.sql",
            "readmodels/move-checkpoint.sql",
            "readmodels/todo-list.open.sql",
            "readmodels/todo-list.parked.sql",
            "readmodels/todo-list.count.sql");

    private static final Pattern PAGE = Pattern.compile(".*/.*\\.(list|all|by-.*|changes)\\.sql");

    /** The index finds rows by generation and key, not by generation only. */
    private static final Pattern BY_KEY = Pattern.compile("Index Cond: \\(\\(generation = .* AND \\(\\w+ = ");

    private static TestDatabase on;

    @BeforeAll
    static void fill() {
        on = Contexts.fresh();
        String rows = " FROM generate_series(1, " + ROWS + ") i";
        on.execute(
                "INSERT INTO diptych.events (position, stream_name, version, type, schema_version, payload, metadata)"
                        + " SELECT nextval('diptych.event_position'), 's-' || i % 2000, 1 + i / 2000, 'lit', 1, '{}',"
                        + " '{}'" + rows,
                "INSERT INTO diptych.commands SELECT 'c-' || i, 'f', 's-1', 1, 1" + rows,
                "INSERT INTO diptych.checkpoints SELECT 'p-' || i, i" + rows,
                "INSERT INTO diptych.checkpoints SELECT unnest(ARRAY['" + String.join("', '", Contexts.projections())
                        + "']), 1",
                "INSERT INTO diptych.copies SELECT 'p-' || i, 2, 1, i, now(), now(), false" + rows,
                "INSERT INTO diptych.histories SELECT i + 1, 'h-' || i, 1, 1, 1, 1" + rows,
                "INSERT INTO diptych.leases SELECT 'p-' || i, 'node', now()" + rows,
                "INSERT INTO diptych.schema_version SELECT 'v-' || i, i" + rows,
                "INSERT INTO diptych.order_summaries SELECT 1, 'o-' || i, 'c-' || i % 1000, 'PAID', '[]', i, null,"
                        + " now(), now(), 1, i" + rows,
                "INSERT INTO diptych.order_list SELECT 1, 'o-' || i,"
                        + " CASE WHEN i % 5 = 0 THEN 'c-large' ELSE 'c-' || i % 200 END,"
                        + " CASE WHEN i % 6000 = 0 THEN 'SHIPPED' WHEN i % 5 = 0 THEN 'PLACED'"
                        + " WHEN i % 6000 = 1 THEN 'CANCELLED'"
                        + " ELSE (ARRAY['PLACED', 'PAID', 'SHIPPED'])[1 + i / 1000 % 3] END,"
                        + " 1, i, now() - i * interval '1 minute', now(), 1, i" + rows,
                "INSERT INTO diptych.product_sales SELECT 1, 'k-' || i, 1, 1, i % 5000, i" + rows,
                "INSERT INTO diptych.subscription_summaries SELECT 1, 's-' || i, 'c', 'p', 1, 'RUNNING', now(), 1, i"
                        + rows,
                "INSERT INTO diptych.unpaid_orders SELECT 1, 'o-' || i, 'order-o-' || i, now() - i * interval '1 min',"
                        + " '{}', i, '{}', CASE WHEN i % 100 = 0 THEN 'why' END, i" + rows,
                "INSERT INTO diptych.due_renewals SELECT 1, 'o-' || i, 'order-o-' || i, now() - i * interval '1 min',"
                        + " '{}', i, '{}', CASE WHEN i % 100 = 0 THEN 'why' END, i" + rows,
                "INSERT INTO diptych.renewal_orders SELECT 1, 'o-' || i, 'order-o-' || i, now() - i * interval '1 min',"
                        + " '{}', i, '{}', CASE WHEN i % 100 = 0 THEN 'why' END, i" + rows,
                "INSERT INTO diptych.addresses SELECT 'c-' || i, 'n', 's', 'p', 'c', 'c'" + rows,
                "INSERT INTO diptych.active_customers SELECT 1, 'c-' || i, (i % 50 = 0)::int, 0, i, i" + rows,
                "ANALYZE");
    }

    @AfterAll
    static void drop() {
        on.close();
    }

    /** The statements by file name, and the derived ones by table and operation. */
    static Map<String, String> statements() {
        Map<String, String> statements = SqlFiles.statements();
        statements.remove("listen.sql");
        statements.keySet().removeAll(TEMPLATES);
        statements.keySet().removeAll(SMALL_TABLES);
        statements.replaceAll(QueryPlansTest::sent);
        statements.putAll(Contexts.derivedStatements());
        return statements;
    }

    /** Returns the statement as it is sent: queries of views are extended. */
    private static String sent(String file, String statement) {
        return PAGE.matcher(file).matches() ? View.withCheckpoint(statement, "p") : statement;
    }

    /** The queries that read rows in an order. */
    private static Map<String, String> pages() {
        Map<String, String> pages = statements();
        pages.keySet().removeIf(name -> !PAGE.matcher(name).matches());
        return pages;
    }

    static Set<String> names() {
        return statements().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_generic_plan_uses_an_index(String name) {
        assertThat(plan(statements().get(name))).as(name).doesNotContain("Seq Scan");
    }

    @Test
    void a_sequential_scan_is_detected() {
        assertThat(plan("SELECT * FROM diptych.events WHERE type = ?")).contains("Seq Scan");
    }

    /** A connection may keep a plan that it made while tables were empty. */
    @Test
    void a_plan_made_for_empty_tables_uses_an_index_too() {
        try (TestDatabase empty = Contexts.fresh()) {
            empty.execute("VACUUM");
            var source = (PGSimpleDataSource)
                    PostgresPool.unpooled(PostgresPool.Settings.of(empty.url(), "", "", "plans of empty tables"));
            var stock = new PGSimpleDataSource();
            stock.setURL(empty.url());
            assertThat(statements())
                    .allSatisfy((name, sql) -> assertThat(plan(source, sql)).doesNotContain("Seq Scan"));
            Map<String, String> byKey = statements();
            byKey.keySet().removeIf(name -> !name.matches(".*\\.(load|find|remove)"));
            assertThat(byKey)
                    .hasSizeGreaterThan(10)
                    .allSatisfy((name, sql) -> assertThat(plan(source, sql)).containsPattern(BY_KEY));
            String anyKey =
                    "SELECT * FROM diptych.order_summaries WHERE generation = c.generation AND order_id = ANY (?)";
            assertThat(plan(source, View.withCheckpoint(anyKey, "p")))
                    .as("the plan that reads a generation by another index")
                    .doesNotContainPattern(BY_KEY);
            assertThat(pages())
                    .hasSizeGreaterThan(6)
                    .allSatisfy((name, sql) -> assertThat(plan(source, sql)).doesNotContain("Sort"));
            assertThat(pages())
                    .as("without the settings")
                    .anySatisfy((name, sql) -> assertThat(plan(stock, sql)).contains("Sort"));
            assertThat(plan(stock, statements().get("order_list.load")))
                    .as("the plan without the settings of the pool")
                    .contains("Seq Scan");
        }
    }

    /** With sequential scans disabled, the cost of a statement without an index would exceed the threshold for JIT. */
    @Test
    void jit_compilation_is_off() {
        assertThat(on.query("SHOW jit")).containsExactly("off");
    }

    private static String plan(String sql) {
        var source = new PGSimpleDataSource();
        source.setURL(on.url());
        return plan(source, sql);
    }

    private static String plan(PGSimpleDataSource source, String sql) {
        var number = new AtomicInteger();
        String numbered = sql.replaceAll("--.*", "")
                .chars()
                .mapToObj(c -> c == '?' ? "$" + number.incrementAndGet() : Character.toString(c))
                .collect(Collectors.joining());
        source.setPreferQueryMode(PreferQueryMode.SIMPLE); // the extended mode requires parameters
        return String.join(
                "\n",
                Database.ofReader(source)
                        .list("EXPLAIN (GENERIC_PLAN) " + numbered, statement -> {}, row -> row.getString(1)));
    }

    @Test
    void no_query_or_append_reads_a_whole_table() throws Exception {
        Map<String, Long> before = sequentialScans();
        runAllQueries();
        appendAndReadEvents();
        assertThat(sequentialScans()).isEqualTo(before).hasSizeGreaterThan(8);

        on.query("SELECT count(*) FROM diptych.events WHERE type = 'dark'");
        assertThat(sequentialScans()).as("after a whole table was read").isNotEqualTo(before);
    }

    /** Few orders are cancelled. Many are shipped, but few of those of the customer with a fifth of all orders. */
    @Test
    void a_page_of_rare_rows_reads_no_other_rows() {
        var orders = new PostgresOrders(on.database()).list();
        long before = rowsRead();
        for (int repeat = 0; repeat < 8; repeat++) {
            var cancelled = new ListOrders(Optional.empty(), Optional.of(OrderStatus.CANCELLED), Optional.empty(), 20);
            assertThat(orders.list(cancelled).value().items()).hasSize(4);
            var shipped =
                    new ListOrders(Optional.of("c-large"), Optional.of(OrderStatus.SHIPPED), Optional.empty(), 20);
            assertThat(orders.list(shipped).value().items()).hasSize(3);
        }
        assertThat(rowsRead() - before).isLessThan(100);

        on.query("SELECT order_id FROM diptych.order_list WHERE customer_id = 'c-large' AND item_count = 2");
        assertThat(rowsRead() - before)
                .as("rows read with a filter outside the index")
                .isGreaterThan(2_000);
    }

    /** Flushes the statistics of the connection that the pool gives to this thread each time. */
    private static void flushStatistics() {
        on.query("SELECT pg_stat_force_next_flush()");
    }

    private static long rowsRead() {
        flushStatistics();
        return Long.parseLong(on.query("SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'order_list'")
                .getFirst());
    }

    private static void runAllQueries() {
        var orders = new PostgresOrders(on.database()).list();
        for (int repeat = 0; repeat < 8; repeat++) { // driver and server switch plans after five
            for (Optional<String> customer : List.of(Optional.<String>empty(), Optional.of("c-7"))) {
                for (Optional<OrderStatus> status :
                        List.of(Optional.<OrderStatus>empty(), Optional.of(OrderStatus.PAID))) {
                    var first = orders.list(new ListOrders(customer, status, Optional.empty(), 20))
                            .value();
                    var cursor = ListOrders.Cursor.of(first.items().getLast());
                    Page<?> second = orders.list(new ListOrders(customer, status, Optional.of(cursor), 20))
                            .value();
                    assertThat(second.items()).isNotEmpty();
                }
            }
            var sales = new PostgresOrders(on.database()).sales();
            sales.list(new GetProductSales(Optional.empty(), 20));
            assertThat(sales.list(new GetProductSales(
                                    Optional.of(new GetProductSales.Cursor(Money.of("2500"), "k-1")), 20))
                            .value()
                            .items())
                    .hasSize(20);
            var customers = new PostgresCustomers(on.database()).active();
            customers.list(new ListActiveCustomers(Optional.empty(), 20));
            assertThat(customers
                            .list(new ListActiveCustomers(Optional.of("c-5"), 20))
                            .value()
                            .items())
                    .hasSize(20);
            assertThat(new PostgresOrders(on.database())
                            .summaries()
                            .find("o-77")
                            .value())
                    .isPresent();
            assertThat(new PostgresSubscriptions(on.database())
                            .summaries()
                            .find("s-77")
                            .value())
                    .isPresent();
        }
    }

    private static void appendAndReadEvents() {
        for (int repeat = 0; repeat < 8; repeat++) {
            on.store()
                    .append(
                            new StreamName("s-7"),
                            ExpectedVersion.any(),
                            List.of(new NewEvent("lit", 1, "{}", "{}")),
                            Optional.of(new CommandStamp("key-" + repeat, "print")));
            on.store().findCommand("c-7");
            on.store().readStream(new StreamName("s-7"), 3, 100);
            on.store().readAll(ROWS / 2, 100);
        }
    }

    private static Map<String, Long> sequentialScans() {
        flushStatistics();
        Map<String, Long> scans = new TreeMap<>();
        on.database()
                .list(
                        "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = 'diptych'"
                                + " AND relname NOT LIKE 'flyway%' AND n_live_tup > 1000",
                        statement -> {}, row -> scans.put(row.getString(1), row.getLong(2)));
        return scans;
    }
}
