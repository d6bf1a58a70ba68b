package dev.diptych.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What class files cannot show: a constant that was inlined, an import that is not used, a missing sentence. The text of
 * the sources is looked at instead; each check is also fed a text that it has to refuse.
 */
class SourceTextTest {

    private static final Path CORE = Path.of("src/main/java");
    private static final Path API = Path.of("../api/src/main/java");

    /** The central rule: query code never touches aggregates. Not even in an import, a constant or a comment. */
    private static final Pattern WRITE_SIDE =
            Pattern.compile("\\.(write|aggregate)\\s*[.;]|\\bEventStore\\b|\\bCommandBus\\b|\\bRepository\\b");

    /** And the other way round: a decision never looks at a view. */
    private static final Pattern READ_SIDE =
            Pattern.compile("\\.(read|projection)\\s*[.;]|\\bQueryBus\\b|\\bReadModelStore\\b");

    private static final Pattern DEFAULT_IN_EVOLVE =
            Pattern.compile("evolve\\([^)]*\\)\\s*\\{(?:(?!\\n    }).)*?\\bdefault\\s*(?:->|:)", Pattern.DOTALL);

    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^(?<before>.*)\\R(?:@.*\\R)*public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum) ");

    @Test
    void query_code_never_mentions_the_write_side() throws IOException {
        Map<String, String> sources = sources("/read/");
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("OrderSummaryProjection.java"));
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("ReadRoutes.java"));
        assertThat(matching(WRITE_SIDE, sources))
                .as("files of the read side that mention the write side: their views would be tied to its insides")
                .isEmpty();
    }

    @Test
    void a_mention_of_the_write_side_is_found() {
        for (String planted : List.of(
                "import dev.diptych.core.orders.write.Order;",
                "int max = dev.diptych.core.orders.write.PlaceOrder.MAX_ITEMS;",
                "private final EventStore events;",
                "new Repository<>(null)")) {
            assertThat(matching(WRITE_SIDE, Map.of("Planted.java", planted))).containsExactly("Planted.java");
        }
    }

    @Test
    void the_write_side_never_mentions_query_code() throws IOException {
        Map<String, String> sources = sources("/write/");
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("Order.java"));
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("WriteRoutes.java"));
        assertThat(matching(READ_SIDE, sources))
                .as("files of the write side that mention the read side: their decisions would rest on old data")
                .isEmpty();
        for (String planted : List.of(
                "import dev.diptych.core.orders.read.OrderSummary;",
                "int max = dev.diptych.core.orders.read.ListOrders.MAX_LIMIT;",
                "private final QueryBus queries;",
                "import dev.diptych.core.projection.Projection;")) {
            assertThat(matching(READ_SIDE, Map.of("Planted.java", planted))).containsExactly("Planted.java");
        }
    }

    @Test
    void no_fold_has_a_default() throws IOException {
        Map<String, String> folds = sources("/write/");
        folds.putAll(sources("/read/"));
        assertThat(folds.values()).anyMatch(text -> text.contains("State evolve("));
        assertThat(folds.values()).anyMatch(text -> text.contains("OrderSummary evolve("));
        assertThat(matching(DEFAULT_IN_EVOLVE, folds))
                .as("folds with a default, in which a new event would be forgotten")
                .isEmpty();
    }

    @Test
    void a_default_in_a_fold_is_found_and_one_elsewhere_is_not() {
        for (String label :
                List.of("default -> s", "case Known k -> s;\n            default -> s", "default: yield s")) {
            assertThat(matching(DEFAULT_IN_EVOLVE, Map.of("Planted.java", fold(label))))
                    .containsExactly("Planted.java");
        }
        assertThat(matching(DEFAULT_IN_EVOLVE, Map.of("Fine.java", fold("case Known k -> s"))))
                .isEmpty();
    }

    private static String fold(String label) {
        return """
                class Planted {
                    static State evolve(State s, Event e) {
                        return switch (e) {
                            %s;
                        };
                    }

                    int other(int i) {
                        return switch (i) {
                            default -> 1;
                        };
                    }
                }
                """.formatted(label);
    }

    @Test
    void every_public_type_says_what_it_is_for() throws IOException {
        Map<String, String> sources = sources("");
        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(undocumented(sources)).as("public types without a sentence").isEmpty();
        assertThat(undocumented(Map.of("Planted.java", "import java.util.List;\n\npublic final class Planted {}\n")))
                .hasSize(1);
        assertThat(undocumented(Map.of("Fine.java", "/** Fine. */\n@Deprecated\npublic record Fine() {}\n")))
                .isEmpty();
    }

    @Test
    void every_package_says_what_may_be_null() throws IOException {
        Map<String, String> sources = sources("");
        assertThat(unmarked(sources)).as("packages that are not @NullMarked").isEmpty();
        assertThat(unmarked(Map.of("a/B.java", "package a;"))).containsExactly("a");
    }

    private static List<String> undocumented(Map<String, String> sources) {
        return sources.entrySet().stream()
                .filter(source -> PUBLIC_TYPE
                        .matcher(source.getValue())
                        .results()
                        .anyMatch(type -> !type.group(1).stripTrailing().endsWith("*/")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> unmarked(Map<String, String> sources) {
        return sources.keySet().stream()
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .distinct()
                .filter(folder ->
                        !sources.getOrDefault(folder + "/package-info.java", "").contains("@NullMarked"))
                .toList();
    }

    private static List<String> matching(Pattern pattern, Map<String, String> sources) {
        return sources.entrySet().stream()
                .filter(source -> pattern.matcher(source.getValue()).find())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> sources(String part) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path root : List.of(CORE, API)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .filter(path -> path.toString().contains(part))
                        .toList()) {
                    sources.put(file.toString(), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
