package dev.diptych.store.postgres.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.readmodels.Contexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comment at the top of each SQL file names its caller, its result and its index, and is correct. */
class SqlFilesTest {

    private static final Pattern CALLER = Pattern.compile("^-- ((\\w+)(?:\\.(\\w+))?(?: and (\\w+))?)?:");
    private static final Pattern INDEX = Pattern.compile("[Ss]erved by\\s+(?:--\\s+)?(\\w+)");
    private static final Pattern ALTERED_TABLE =
            Pattern.compile("ALTER TABLE (?:IF EXISTS )?(?:ONLY )?diptych\\.(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE_WITH_SQL =
            Pattern.compile("\"\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) ", Pattern.CASE_INSENSITIVE);

    @Test
    void every_file_begins_with_a_correct_comment() {
        assertThat(findings(SqlFiles.all(), indexes())).isEmpty();
        assertThat(SqlFiles.all()).hasSizeGreaterThan(30);
    }

    @Test
    void a_missing_or_incorrect_comment_is_found() {
        Map<String, String> files = Map.of(
                "a.sql", "SELECT 1",
                "b.sql", "-- Missing.method: one row.\nSELECT 1",
                "c.sql", "-- Database.nothing: one row.\nSELECT 1",
                "events/d.sql", "-- PostgresEventStore.append: one row. Served by missing_index.\nSELECT 1",
                "events/e.sql",
                        "-- PostgresEventStore.append: one row. Served by events_by_stream.\nSELECT 1;\nSELECT 2;");
        assertThat(findings(files, Set.of("events_by_stream")))
                .containsExactlyInAnyOrder(
                        "a.sql does not begin with a comment that names its caller",
                        "b.sql names Missing, which is not a class",
                        "c.sql names Database.nothing, which is not a method",
                        "events/d.sql names the index missing_index, which does not exist",
                        "events/e.sql contains more than one statement");
    }

    private static List<String> findings(Map<String, String> files, Set<String> indexes) {
        List<String> findings = new ArrayList<>();
        files.forEach((file, text) -> {
            if (!text.startsWith("-- ")) {
                findings.add(file + " does not begin with a comment that names its caller");
                return;
            }
            if (!file.startsWith("migration/")) {
                checkStatement(file, text, findings);
            }
            INDEX.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(index -> !indexes.contains(index))
                    .forEach(index -> findings.add(file + " names the index " + index + ", which does not exist"));
        });
        return findings;
    }

    private static void checkStatement(String file, String text, List<String> findings) {
        Matcher caller = CALLER.matcher(text);
        if (!caller.find()) {
            findings.add(file + " does not begin with a comment that names its caller");
            return;
        }
        String folder = file.contains("/") ? "." + file.substring(0, file.indexOf('/')) : "";
        try {
            Class<?> type = Class.forName("dev.diptych.store.postgres" + folder + "." + caller.group(2));
            String method = caller.group(3);
            if (method != null
                    && Arrays.stream(type.getDeclaredMethods())
                            .noneMatch(each -> each.getName().equals(method))) {
                findings.add(file + " names " + type.getSimpleName() + "." + method + ", which is not a method");
            }
        } catch (ClassNotFoundException e) {
            findings.add(file + " names " + caller.group(2) + ", which is not a class");
        }
        if (text.replaceAll("(?m)--.*$", "").strip().replaceAll(";$", "").contains(";")) {
            findings.add(file + " contains more than one statement");
        }
    }

    /** A copy would lack the new column in the rows that it has already written. */
    @Test
    void a_migration_that_changes_a_read_models_table_discards_its_copy() {
        assertThat(keptCopies(SqlFiles.all())).isEmpty();
        assertThat(keptCopies(Map.of(
                        "migration/orders/V1__tables.sql",
                                "CREATE TABLE diptych.order_list (); ALTER TABLE diptych.order_list ADD note text;",
                        "migration/orders/V2__note.sql", "ALTER TABLE diptych.order_list ADD note text;",
                        "migration/orders/V3__note.sql",
                                "alter table if exists diptych.order_list ADD note text;"
                                        + " DELETE FROM diptych.copies WHERE projection = 'product-sales';",
                        "migration/orders/V4__note.sql",
                                "ALTER TABLE diptych.order_list ADD note text;\n"
                                        + "DELETE FROM diptych.copies WHERE projection = 'order-list';",
                        "migration/events/V2__note.sql", "ALTER TABLE diptych.events ADD note text;")))
                .containsExactlyInAnyOrder(
                        "migration/orders/V2__note.sql keeps the copy of order-list",
                        "migration/orders/V3__note.sql keeps the copy of order-list");
    }

    private static List<String> keptCopies(Map<String, String> files) {
        return files.entrySet().stream()
                .filter(file ->
                        file.getKey().startsWith("migration/") && !file.getKey().startsWith("migration/events/"))
                .flatMap(file -> ALTERED_TABLE
                        .matcher(file.getValue())
                        .results()
                        .map(found -> found.group(1))
                        .filter(table -> !file.getValue().contains("CREATE TABLE diptych." + table + " "))
                        .map(table -> table.replace('_', '-'))
                        .filter(projection -> !file.getValue()
                                .contains("DELETE FROM diptych.copies WHERE projection = '" + projection + "'"))
                        .map(projection -> file.getKey() + " keeps the copy of " + projection))
                .toList();
    }

    @Test
    void java_code_contains_only_statements_derived_from_columns() throws Exception {
        try (var sources = java.nio.file.Files.walk(java.nio.file.Path.of("src/main/java"))) {
            for (var source : sources.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> !each.endsWith("RowTable.java"))
                    .toList()) {
                assertThat(CODE_WITH_SQL
                                .matcher(java.nio.file.Files.readString(source))
                                .results()
                                .map(MatchResult::group))
                        .as(source.toString())
                        .isEmpty();
            }
        }
        assertThat(CODE_WITH_SQL.matcher("String sql = \"SELECT 1\"").find()).isTrue();
    }

    private static Set<String> indexes() {
        try (TestDatabase on = Contexts.fresh()) {
            return Set.copyOf(on.query("SELECT indexname FROM pg_indexes WHERE schemaname = 'diptych'"));
        }
    }
}
