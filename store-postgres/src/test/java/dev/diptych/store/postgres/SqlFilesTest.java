package dev.diptych.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each file with SQL says at its top who uses it, what it returns, and which index serves it; and that is true. */
class SqlFilesTest {

    private static final Pattern CALLER = Pattern.compile("^-- ((\\w+)(?:\\.(\\w+))?(?: and (\\w+))?)?:");
    private static final Pattern INDEX = Pattern.compile("[Ss]erved by\\s+(?:--\\s+)?(\\w+)");
    private static final Pattern CODE_WITH_SQL =
            Pattern.compile("\"\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) ", Pattern.CASE_INSENSITIVE);

    @Test
    void every_file_says_what_it_is_for() {
        assertThat(complaints(SqlFiles.all(), indexes())).isEmpty();
        assertThat(SqlFiles.all()).hasSizeGreaterThan(30);
    }

    @Test
    void a_file_that_says_nothing_or_something_false_is_found() {
        Map<String, String> files = Map.of(
                "a.sql", "SELECT 1",
                "b.sql", "-- Nobody.knows: one row.\nSELECT 1",
                "c.sql", "-- PostgresEventStore.nothing: one row.\nSELECT 1",
                "d.sql", "-- PostgresEventStore.append: one row. Served by no_such_index.\nSELECT 1",
                "e.sql", "-- PostgresEventStore.append: one row. Served by events_by_stream.\nSELECT 1;\nSELECT 2;");
        assertThat(complaints(files, Set.of("events_by_stream")))
                .containsExactlyInAnyOrder(
                        "a.sql does not say at its top what it is for",
                        "b.sql names Nobody, which is no class",
                        "c.sql names PostgresEventStore.nothing, which is no method",
                        "d.sql names the index no_such_index, which is not there",
                        "e.sql holds more than one statement");
    }

    private static List<String> complaints(Map<String, String> files, Set<String> indexes) {
        List<String> complaints = new ArrayList<>();
        files.forEach((file, text) -> {
            if (!text.startsWith("-- ")) {
                complaints.add(file + " does not say at its top what it is for");
                return;
            }
            if (!file.startsWith("migration/")) {
                aboutStatement(file, text, complaints);
            }
            INDEX.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(index -> !indexes.contains(index))
                    .forEach(index -> complaints.add(file + " names the index " + index + ", which is not there"));
        });
        return complaints;
    }

    private static void aboutStatement(String file, String text, List<String> complaints) {
        Matcher caller = CALLER.matcher(text);
        if (!caller.find()) {
            complaints.add(file + " does not say at its top what it is for");
            return;
        }
        String home = file.contains("/") ? "." + file.substring(0, file.indexOf('/')) : "";
        try {
            Class<?> type = Class.forName("dev.diptych.store.postgres" + home + "." + caller.group(2));
            String method = caller.group(3);
            if (method != null
                    && Arrays.stream(type.getDeclaredMethods())
                            .noneMatch(each -> each.getName().equals(method))) {
                complaints.add(file + " names " + type.getSimpleName() + "." + method + ", which is no method");
            }
        } catch (ClassNotFoundException e) {
            complaints.add(file + " names " + caller.group(2) + ", which is no class");
        }
        if (text.replaceAll("(?m)--.*$", "").strip().replaceAll(";$", "").contains(";")) {
            complaints.add(file + " holds more than one statement");
        }
    }

    @Test
    void no_statement_stands_in_the_code_but_those_that_are_derived_from_columns() throws Exception {
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
