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
        on.execute("CREATE TABLE diptych.notes (generation integer, id text, words text, document json,"
                + " written_at timestamptz, lines integer, PRIMARY KEY (generation, id))");
    }

    @AfterEach
    void drop() {
        on.close();
    }

    @Test
    void the_statements_name_the_table_and_its_columns() {
        assertThat(NOTES.findSql())
                .isEqualTo("SELECT id, words, document, written_at, lines FROM diptych.notes"
                        + " WHERE generation = c.generation AND id = ? LIMIT 1");
        assertThat(NOTES.loadSql()).isEqualTo("""
                        SELECT id, words, document, written_at, lines
                          FROM unnest(?::text[]) AS wanted (wanted_key)
                         CROSS JOIN LATERAL (SELECT * FROM diptych.notes \
                        WHERE generation = c.generation AND id = wanted_key LIMIT 1) r""");
        assertThat(NOTES.upsertSql()).isEqualTo("""
                        INSERT INTO diptych.notes (generation, id, words, document, written_at, lines)
                        SELECT ?, u.id, u.words, u.document::json, \
                        timestamptz 'epoch' + u.written_at * interval '1 microsecond', u.lines
                          FROM unnest(?::text[], ?::text[], ?::text[], ?::int8[], ?::int4[]) \
                        AS u (id, words, document, written_at, lines)
                            ON CONFLICT (generation, id) DO UPDATE SET words = excluded.words, \
                        document = excluded.document, written_at = excluded.written_at, lines = excluded.lines""");
        assertThat(NOTES.upsertSql()).startsWith(NOTES.insertSql() + "\n    ON CONFLICT");
        assertThat(NOTES.deleteSql()).isEqualTo("""
                        DELETE FROM diptych.notes
                         WHERE ctid = ANY (ARRAY(SELECT r.ctid FROM unnest(?::text[]) AS wanted (wanted_key)
                         CROSS JOIN LATERAL (SELECT ctid FROM diptych.notes \
                        WHERE generation = ? AND id = wanted_key LIMIT 1) r))""");
    }

    @Test
    void saved_rows_are_loaded_unchanged() throws Exception {
        save(1, Note.of("a", 1), Note.of("b", 2));
        save(1, Note.of("b", 3), Note.of("c", 4));
        assertThat(load(1)).isEqualTo(Map.of("a", Note.of("a", 1), "b", Note.of("b", 3), "c", Note.of("c", 4)));
    }

    @Test
    void each_call_uses_the_rows_of_its_generation() throws Exception {
        save(1, Note.of("a", 1));
        save(2, Note.of("a", 2), Note.of("b", 2));
        on.database().run(connection -> {
            NOTES.remove(connection, 2, List.of("a"));
            return NOTES;
        });
        assertThat(load(1)).isEqualTo(Map.of("a", Note.of("a", 1)));
        assertThat(load(2)).isEqualTo(Map.of("b", Note.of("b", 2)));
    }

    private void save(int generation, Note... notes) {
        on.database().run(connection -> {
            NOTES.save(connection, generation, List.of(notes), Set.of());
            return NOTES;
        });
    }

    private Map<String, Note> load(int generation) {
        return NOTES.byKey(on.database()
                .list(
                        NOTES.loadSql().replace("c.generation", String.valueOf(generation)),
                        statement -> Columns.setArray(statement, 1, "text", List.of("a", "b", "c"), each -> each),
                        NOTES.reader()));
    }
}
