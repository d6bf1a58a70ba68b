package dev.diptych.store.postgres.readmodels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.store.postgres.Columns;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements derived from columns. */
class RowTableTest {

    private static final Instant TIME = Instant.parse("2026-07-08T09:10:11.123456Z");

    private static final RowTable<Note> NOTES = RowTable.named(
                    "notes",
                    "id",
                    Note::id,
                    row -> new Note(
                            row.getString("id"),
                            row.getString("words"),
                            row.getString("document"),
                            Columns.instant(row, "written_at"),
                            row.getInt("lines")))
            .column("words", "text", Note::words)
            .column("document", "json", Note::document)
            .column("written_at", "timestamptz", Note::writtenAt)
            .column("lines", "int4", Note::lines);

    private TestDatabase on;

    private record Note(String id, String words, String document, Instant writtenAt, int lines) {
        static Note of(String id, int lines) {
            return new Note(id, null, "{ \"b\": 1, \"a\": \"\\\"\" }", TIME, lines);
        }
    }

    @BeforeEach
    void create() {
        on = TestServer.newest().fresh();
        for (String table : List.of("notes", "notes_2")) {
            on.execute("CREATE TABLE diptych." + table + " (id text PRIMARY KEY, words text, document json,"
                    + " written_at timestamptz, lines integer)");
        }
    }

    @AfterEach
    void drop() {
        on.close();
    }

    @Test
    void the_statements_name_the_table_and_its_columns() {
        assertThat(NOTES.selectSql("t"))
                .isEqualTo("SELECT id, words, document, written_at, lines FROM diptych.t WHERE id = ANY (?)");
        assertThat(NOTES.upsertSql("t")).isEqualTo("""
                        INSERT INTO diptych.t (id, words, document, written_at, lines)
                        SELECT u.id, u.words, u.document::json, \
                        timestamptz 'epoch' + u.written_at * interval '1 microsecond', u.lines
                          FROM unnest(?::text[], ?::text[], ?::text[], ?::int8[], ?::int4[]) \
                        AS u (id, words, document, written_at, lines)
                            ON CONFLICT (id) DO UPDATE SET words = excluded.words, document = excluded.document, \
                        written_at = excluded.written_at, lines = excluded.lines""");
        assertThat(NOTES.upsertSql("t")).startsWith(NOTES.insertSql("t") + "\n    ON CONFLICT");
        assertThat(NOTES.deleteSql("t")).isEqualTo("DELETE FROM diptych.t WHERE id = ANY (?)");
        assertThat(NOTES.deleteAllSql("t")).isEqualTo("DELETE FROM diptych.t");
    }

    @Test
    void saved_rows_are_loaded_unchanged() throws Exception {
        save("notes", Note.of("a", 1), Note.of("b", 2));
        save("notes", Note.of("b", 3), Note.of("c", 4));
        assertThat(load("notes")).isEqualTo(Map.of("a", Note.of("a", 1), "b", Note.of("b", 3), "c", Note.of("c", 4)));
    }

    @Test
    void each_call_uses_the_table_that_it_names() throws Exception {
        save("notes", Note.of("a", 1));
        save("notes_2", Note.of("a", 2), Note.of("b", 2));
        on.database().run(connection -> {
            NOTES.remove(connection, "notes_2", List.of("a"));
            return NOTES;
        });
        assertThat(load("notes")).isEqualTo(Map.of("a", Note.of("a", 1)));
        assertThat(load("notes_2")).isEqualTo(Map.of("b", Note.of("b", 2)));
        on.database().run(connection -> {
            NOTES.clear(connection, "notes_2");
            return NOTES;
        });
        assertThat(load("notes_2")).isEmpty();
        assertThat(load("notes")).hasSize(1);
    }

    private void save(String table, Note... notes) {
        on.database().run(connection -> {
            NOTES.save(connection, table, List.of(notes), Set.of());
            return NOTES;
        });
    }

    private Map<String, Note> load(String table) {
        return NOTES.byKey(on.database()
                .list(
                        NOTES.selectSql(table),
                        statement -> Columns.setArray(statement, 1, "text", List.of("a", "b", "c"), each -> each),
                        NOTES.reader()));
    }
}
