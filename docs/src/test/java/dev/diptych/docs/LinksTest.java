package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link in a page leads to a file that is there. */
class LinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void every_relative_link_leads_somewhere() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).as("pages").contains(ROOT.resolve("README.md")).hasSizeGreaterThan(5);
        for (Path page : pages) {
            assertThat(broken(page.getParent(), Files.readString(page)))
                    .as("broken links in %s", page)
                    .isEmpty();
        }
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        assertThat(broken(ROOT, "[a](README.md) [b](no/such/page.md) [c](https://example.org/x)"))
                .containsExactly("no/such/page.md");
    }

    private static List<String> broken(Path folder, String text) {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !Files.exists(folder.resolve(link)))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }
}
