package dev.diptych.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project, as the pages speak of them. */
final class Repo {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Whether pages are to be rewritten where they differ from what the code says: {@code -Dupdate.docs}. */
    static final boolean UPDATE = Boolean.getBoolean("update.docs");

    private static final List<String> MODULES = List.of("core", "store-memory", "store-postgres", "api", "docs");

    /** Sources and resources of all modules. */
    private static final List<Path> SOURCES = sources();

    private Repo() {}

    /** Every page: the README, and all below {@code docs}, with those that are missing a fault of their own. */
    static List<Page> pages() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(path -> !path.endsWith("target")) // where other tests write meanwhile
                                    .flatMap(Repo::below)
                                    .filter(path -> path.toString().endsWith(".md"))
                                    .sorted())
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> below(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The one file whose path ends like this; one of a project of its own, in the resources of a test, only if there is
     * no other.
     *
     * @throws IllegalArgumentException when there is none, or more than one
     */
    static Path file(String name) {
        List<Path> found = SOURCES.stream()
                .filter(path ->
                        !path.toString().contains("violations")) // planted, some under the name of what they violate
                .filter(path -> ("/" + relative(path)).endsWith("/" + name))
                .toList();
        if (found.size() > 1) {
            found = found.stream()
                    .filter(path -> !relative(path).matches(".*/src/test/resources/.*/src/.*"))
                    .toList();
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty() ? "There is no file " + name : "Which " + name + "? " + found);
        }
        return found.getFirst();
    }

    static List<Path> allSources() {
        return SOURCES;
    }

    /** Its path below the root of the project, with slashes. */
    static String relative(Path path) {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }

    static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            sources.add(ROOT.resolve(module).resolve("pom.xml"));
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(Files::isRegularFile).sorted().forEach(sources::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(sources);
    }
}
