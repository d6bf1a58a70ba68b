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
 * Checks the text of the sources for what class files do not contain: inlined constants, unused imports, Javadoc. Each
 * check is also run on a text that it must refuse.
 */
class SourceTextTest {

    private static final Path CORE = Path.of("src/main/java");
    private static final Path API = Path.of("../api/src/main/java");

    /**
     * The central rule: query code never uses aggregates, not even in an import, a constant or a comment. The pattern
     * names packages and the event store's port; both sides use the other classes of the event store.
     */
    private static final Pattern WRITE_SIDE = Pattern.compile("\\.(write|aggregate|command)\\s*[.;]|\\bEventStore\\b");

    /** Conversely, a decision never uses a view. */
    private static final Pattern READ_SIDE = Pattern.compile("\\.(read|projection|query)\\s*[.;]");

    private static final Pattern DEFAULT_IN_EVOLVE =
            Pattern.compile("evolve\\([^)]*\\)\\s*\\{(?:(?!\\n    }).)*?\\bdefault\\s*(?:->|:)", Pattern.DOTALL);

    /** A platform thread that is created without core's {@code BackgroundThread}, which ends it in order. */
    private static final Pattern PLATFORM_THREAD = Pattern.compile(
            "Thread\\s*\\.\\s*ofPlatform\\b|\\bnew Thread\\s*\\(|\\bextends Thread\\b|\\bnew Timer\\s*\\("
                    + "|Executors\\s*\\.\\s*new(?!VirtualThread)");

    /** The files that may create one, with the reason. */
    private static final Map<String, String> PLATFORM_THREADS = Map.of(
            "BatchReader.java",
                    "one read-ahead of a batch: it has no steps to repeat, and the reader waits for its end",
            "Main.java", "a shutdown hook must be a thread, and its wait for the end is limited");

    private static final Pattern ORDINAL = Pattern.compile("\\.ordinal\\(\\)|::ordinal\\b");

    private static final Pattern PUBLIC_TYPE = Pattern.compile("(?m)^(?<before>.*)\\R(?:@.*\\R(?: .*\\R)*)*"
            + "public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum) ");

    @Test
    void query_code_never_mentions_the_write_side() throws IOException {
        Map<String, String> sources = sources("/read/");
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("OrderSummaryProjection.java"));
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("ReadRoutes.java"));
        assertThat(matching(WRITE_SIDE, sources))
                .as("files of the read side that mention the write side: their views would be tied to its internals")
                .isEmpty();
    }

    @Test
    void a_mention_of_the_write_side_is_detected() {
        for (String planted : List.of(
                "import dev.diptych.core.orders.write.Order;",
                "int max = dev.diptych.core.orders.write.OrderCommand.PlaceOrder.MAX_ITEMS;",
                "import dev.diptych.core.aggregate.Repository;",
                "import dev.diptych.core.command.CommandBus;",
                "import dev.diptych.core.command.DirectCommandBus;",
                "import dev.diptych.core.command.RetryingCommandBus;",
                "import dev.diptych.core.command.ObservedCommandBus;",
                "import dev.diptych.core.command.*;",
                "import static dev.diptych.core.command.ObservedCommandBus.COMMAND;",
                "private final EventStore events;")) {
            assertThat(matching(WRITE_SIDE, Map.of("Planted.java", planted))).containsExactly("Planted.java");
        }
    }

    @Test
    void the_write_side_never_mentions_query_code() throws IOException {
        Map<String, String> sources = sources("/write/");
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("Order.java"));
        assertThat(sources.keySet()).anyMatch(name -> name.endsWith("WriteRoutes.java"));
        assertThat(matching(READ_SIDE, sources))
                .as("files of the write side that mention the read side: their decisions would be based on old data")
                .isEmpty();
        for (String planted : List.of(
                "import dev.diptych.core.orders.read.summary.OrderSummary;",
                "int max = dev.diptych.core.orders.read.list.ListOrders.MAX_LIMIT;",
                "import dev.diptych.core.query.QueryBus;",
                "import dev.diptych.core.query.DirectQueryBus;",
                "import dev.diptych.core.query.Page;",
                "import dev.diptych.core.projection.ReadModelStore;",
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
                .as("folds with a default, which would hide a new event")
                .isEmpty();
    }

    @Test
    void a_default_is_detected_in_a_fold_but_not_elsewhere() {
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
    void threads_are_background_threads_or_listed_with_a_reason() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : List.of("core", "store-memory", "store-postgres", "api")) {
            sources.putAll(sources(Path.of("..", module, "src/main/java"), ""));
        }
        sources.keySet().removeIf(name -> name.contains("/core/background/"));
        assertThat(matching(PLATFORM_THREAD, sources))
                .as("files that create a thread, which may not be closed: use BackgroundThread")
                .extracting(name -> name.substring(name.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrderElementsOf(PLATFORM_THREADS.keySet());
    }

    @Test
    void a_platform_thread_is_detected_and_a_virtual_thread_is_not() {
        for (String planted : List.of(
                "Thread.ofPlatform().start(task)",
                "new Thread(task).start()",
                "class Worker extends Thread {",
                "new Timer(true)",
                "Executors.newSingleThreadExecutor()")) {
            assertThat(matching(PLATFORM_THREAD, Map.of("Planted.java", planted)))
                    .hasSize(1);
        }
        for (String fine : List.of("Thread.ofVirtual().start(task)", "Executors.newVirtualThreadPerTaskExecutor()")) {
            assertThat(matching(PLATFORM_THREAD, Map.of("Fine.java", fine))).isEmpty();
        }
    }

    @Test
    void no_code_uses_the_order_of_enum_constants() throws IOException {
        assertThat(matching(ORDINAL, sources("")))
                .as("files that use an ordinal")
                .isEmpty();
        for (String planted : List.of("status.ordinal() > 1", "comparing(OrderStatus::ordinal)")) {
            assertThat(matching(ORDINAL, Map.of("Planted.java", planted))).hasSize(1);
        }
    }

    @Test
    void every_public_type_has_javadoc() throws IOException {
        Map<String, String> sources = sources("");
        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(undocumented(sources)).as("public types without Javadoc").isEmpty();
        assertThat(undocumented(Map.of("Planted.java", "import java.util.List;\n\npublic final class Planted {}\n")))
                .hasSize(1);
        String fine = "/** Fine. */\n@Deprecated(\n        since = \"1\")\npublic record Fine() {}\n";
        assertThat(undocumented(Map.of("Fine.java", fine))).isEmpty();
    }

    @Test
    void every_package_is_null_marked() throws IOException {
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
        Map<String, String> sources = sources(CORE, part);
        sources.putAll(sources(API, part));
        return sources;
    }

    private static Map<String, String> sources(Path root, String part) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains(part))
                    .toList()) {
                sources.put(file.toString(), Files.readString(file));
            }
        }
        return sources;
    }
}
