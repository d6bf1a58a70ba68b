package dev.diptych.store.postgres.backup;

import dev.diptych.store.postgres.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** The commands of {@code docs/howto/back-up-and-restore.md}; runs those that need no other program. */
final class BackUpPage {

    private static final Pattern LOOP = Pattern.compile("(?s)for table in (.*?); do(.*?)done");
    private static final Pattern TABLES = Pattern.compile("\\$\\(psql \"\\$old\" -Atc \"(.*?)\"\\)|(\\w+)");
    private static final Pattern COPY =
            Pattern.compile("psql \"\\$old\" -c \"(COPY .*)\" \\| psql \"\\$new\" -c \"(COPY .*)\"");
    private static final Pattern SET = Pattern.compile("psql \"\\$new\" -c \"(SELECT setval\\(.*\\))\"");
    private static final Pattern BEGIN =
            Pattern.compile("psql \"\\$new\" -c \"(SELECT diptych\\.begin_history\\(\\))\"");

    private final String page;

    private BackUpPage(String page) {
        this.page = page;
    }

    static BackUpPage page() {
        try {
            return new BackUpPage(Files.readString(Path.of("..", "docs", "howto", "back-up-and-restore.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return page;
    }

    /** The command line of a program. */
    String command(String program) {
        return only(Pattern.compile("(?m)^" + program + " .*$")).group();
    }

    /** Step 3: the tables that cannot be rebuilt. */
    void copyEvents(TestDatabase old, TestDatabase fresh) {
        copy(loops().getFirst(), old, fresh);
    }

    /** Step 4: the tables that can be rebuilt. */
    void copyReadModels(TestDatabase old, TestDatabase fresh) {
        copy(loops().getLast(), old, fresh);
    }

    /** Step 5. */
    void setSequence(TestDatabase fresh) {
        fresh.execute(SET.matcher(page).results().findFirst().orElseThrow().group(1));
    }

    /** Step 6. */
    void beginHistory(TestDatabase fresh) {
        fresh.execute(only(BEGIN).group(1));
    }

    private List<MatchResult> loops() {
        List<MatchResult> loops = LOOP.matcher(page).results().toList();
        if (loops.size() != 2) {
            throw new IllegalStateException("The page has " + loops.size() + " loops over tables, not 2");
        }
        return loops;
    }

    private void copy(MatchResult loop, TestDatabase old, TestDatabase fresh) {
        MatchResult copy = COPY.matcher(loop.group(2)).results().findFirst().orElseThrow();
        TABLES.matcher(loop.group(1))
                .results()
                .flatMap(each -> each.group(1) == null ? Stream.of(each.group(2)) : old.query(each.group(1)).stream())
                .forEach(table -> copy(
                        old,
                        copy.group(1).replace("$table", table),
                        fresh,
                        copy.group(2).replace("$table", table)));
    }

    private static void copy(TestDatabase old, String out, TestDatabase fresh, String in) {
        try (var from = old.source().getConnection();
                var to = fresh.source().getConnection()) {
            var rows = new StringWriter();
            from.unwrap(PGConnection.class).getCopyAPI().copyOut(out, rows);
            to.unwrap(PGConnection.class).getCopyAPI().copyIn(in, new StringReader(rows.toString()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private MatchResult only(Pattern pattern) {
        List<MatchResult> found = pattern.matcher(page).results().toList();
        if (found.size() != 1) {
            throw new IllegalStateException("The page has " + found.size() + " of " + pattern);
        }
        return found.getFirst();
    }
}
