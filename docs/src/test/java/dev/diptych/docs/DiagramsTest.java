package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.docs.Page.Fence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a diagram names is there: types in {@code mermaid}, folders and files in {@code tree}. */
class DiagramsTest {

    private static final Pattern CAPITALIZED = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*\\b");

    /** Words with a capital that mean no type of ours. */
    private static final Set<String> NO_TYPES = Set.of("LR", "TD", "PostgreSQL", "Note", "Location", "Token");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private static final Set<String> TYPES = Repo.allSources().stream()
            .filter(path -> path.toString().endsWith(".java"))
            .flatMap(path -> DECLARED.matcher(Repo.text(path)).results())
            .map(type -> type.group(1))
            .collect(Collectors.toSet());

    @Test
    void every_type_in_a_diagram_is_there() {
        for (Page page : Repo.pages()) {
            assertThat(strangers(page))
                    .as("types that are not there, in %s", page)
                    .isEmpty();
        }
    }

    @Test
    void every_file_in_a_tree_is_there() {
        for (Page page : Repo.pages()) {
            assertThat(lost(page)).as("files that are not there, in %s", page).isEmpty();
        }
    }

    @Test
    void a_name_that_is_not_there_is_found() {
        Page page = Page.planted("""
                ```mermaid
                flowchart LR
                    client --> WriteRoutes --> CommandBos[(the store)]
                ```
                ```tree
                core/src/main/java/dev/diptych/core/
                  orders/       a context
                    write/
                      Order.java
                    writes/
                  query/
                  queries/
                ```
                """);
        assertThat(strangers(page)).containsExactly("CommandBos");
        assertThat(lost(page)).containsExactly("orders/writes/", "queries/");
    }

    private static List<String> strangers(Page page) {
        return page.fences().stream()
                .filter(fence -> fence.language().equals("mermaid"))
                .flatMap(fence -> CAPITALIZED.matcher(fence.text()).results())
                .map(MatchResult::group)
                .filter(name -> !TYPES.contains(name) && !NO_TYPES.contains(name))
                .toList();
    }

    /** The first line is a folder below the root of the project; two spaces lead one folder deeper. */
    private static List<String> lost(Page page) {
        List<String> lost = new ArrayList<>();
        for (Fence fence : page.fences()) {
            if (fence.language().equals("tree")) {
                List<String> lines = fence.text().lines().toList();
                Path top = Repo.ROOT.resolve(name(lines.getFirst()));
                Deque<Path> folders = new ArrayDeque<>(List.of(top));
                for (String line : lines.subList(1, lines.size())) {
                    int depth = (line.length() - line.stripLeading().length()) / 2;
                    while (folders.size() > depth) {
                        folders.pop();
                    }
                    String name = name(line);
                    folders.push(folders.getFirst().resolve(name));
                    if (!Files.exists(folders.getFirst())) {
                        lost.add(top.relativize(folders.getFirst()) + (name.endsWith("/") ? "/" : ""));
                    }
                }
            }
        }
        return lost;
    }

    /** What comes behind the name says what it is for. */
    private static String name(String line) {
        return line.strip().replaceFirst("\\s.*", "");
    }
}
