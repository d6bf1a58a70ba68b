package dev.diptych.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code docs/reference/sql.md}: every object in the database and every statement, with the comment that it carries.
 */
final class SqlPage {

    private static final String FOLDER = "store-postgres/src/main/resources/dev/diptych/store/postgres/";
    private static final Pattern CREATED = Pattern.compile(
            "(?m)((?:^--.*\\n)*)(?:^\\n)*^CREATE (?:OR REPLACE )?(TABLE|SEQUENCE|FUNCTION|INDEX|TRIGGER) (?:diptych\\.)?(\\w+)([^;]*)");
    private static final Pattern CONSTRAINT = Pattern.compile("CONSTRAINT (\\w+) (PRIMARY KEY|UNIQUE) (\\([^)]*\\))");
    private static final Pattern ON = Pattern.compile("ON diptych\\.(\\w+)\\s*(\\(.*\\))?");
    private static final Pattern TOP = Pattern.compile("\\A((?:--.*\\n)+)");

    private SqlPage() {}

    private record Created(String name, String about, String file) {
        String row() {
            return "| `%s` | %s | [%s](../../%s%s) |%n"
                    .formatted(name, about, file.substring(file.lastIndexOf('/') + 1), FOLDER, file);
        }
    }

    static GeneratedPage current() {
        return of(files());
    }

    static Map<String, String> files() {
        return Repo.allSources().stream()
                .map(Repo::relative)
                .filter(path -> path.startsWith(FOLDER) && path.endsWith(".sql"))
                .collect(Collectors.toMap(
                        path -> path.substring(FOLDER.length()),
                        path -> Repo.text(Path.of("..", path)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    static GeneratedPage of(Map<String, String> files) {
        Map<String, List<Created>> created = new TreeMap<>();
        files.forEach((file, sql) -> {
            if (file.startsWith("migration/")) {
                collect(file, sql, created);
            }
        });
        var page = new StringBuilder("""
                # SQL objects

                What the migrations create in the schema `diptych`, and every statement that the program sends, each with the
                comment that it carries. This page is written by a test from the SQL files.
                """);
        section(page, "Tables", created.get("TABLE"));
        section(page, "Sequences", created.get("SEQUENCE"));
        section(page, "Functions", created.get("FUNCTION"));
        section(page, "Triggers", created.get("TRIGGER"));
        section(page, "Indexes", created.get("INDEX"));
        section(
                page,
                "Statements",
                files.entrySet().stream()
                        .filter(file -> !file.getKey().startsWith("migration/"))
                        .map(file -> new Created(
                                file.getKey().replaceFirst("\\.sql$", ""), top(file.getValue()), file.getKey()))
                        .toList());
        return new GeneratedPage("docs/reference/sql.md", page.toString());
    }

    private static void section(StringBuilder page, String title, List<Created> rows) {
        page.append("%n## %s%n%n| name | what it says | file |%n|---|---|---|%n".formatted(title));
        rows.stream().sorted(java.util.Comparator.comparing(Created::name)).forEach(each -> page.append(each.row()));
    }

    private static void collect(String file, String sql, Map<String, List<Created>> created) {
        Matcher matcher = CREATED.matcher(sql);
        while (matcher.find()) {
            String kind = matcher.group(2);
            String name = matcher.group(3);
            String about = matcher.group(1).isEmpty() && kind.equals("FUNCTION") ? top(sql) : words(matcher.group(1));
            if (kind.equals("INDEX") || kind.equals("TRIGGER")) {
                Matcher on = ON.matcher(matcher.group(4));
                about = (on.find() ? "on `" + on.group(1) + "`" + code(on.group(2)) : "") + separated(about);
            }
            created.computeIfAbsent(kind, k -> new ArrayList<>()).add(new Created(name, about, file));
            if (kind.equals("TABLE")) {
                CONSTRAINT
                        .matcher(matcher.group(4))
                        .results()
                        .forEach(index -> created.computeIfAbsent("INDEX", k -> new ArrayList<>())
                                .add(new Created(
                                        index.group(1),
                                        "on `" + name + "`" + code(index.group(3)) + ", "
                                                + index.group(2).toLowerCase(Locale.ROOT),
                                        file)));
            }
        }
    }

    private static String code(String columns) {
        return columns == null ? "" : " `" + columns + "`";
    }

    private static String separated(String about) {
        return about.isEmpty() ? "" : ". " + about;
    }

    private static String top(String sql) {
        Matcher top = TOP.matcher(sql);
        return top.find() ? words(top.group(1)) : "";
    }

    /** A comment as one line; a paragraph of its own in it begins a new line. */
    private static String words(String comment) {
        return comment.replaceAll("(?m)^--$", "-- <br>")
                .replaceAll("(?m)^--\\s*", "")
                .replace("\n", " ")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }
}
