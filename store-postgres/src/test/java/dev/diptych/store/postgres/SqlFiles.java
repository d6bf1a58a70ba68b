package dev.diptych.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every {@code .sql} file of this module, by its path below the resources of the generic package. */
final class SqlFiles {

    private static final Path ROOT = Path.of("src/main/resources/dev/diptych/store/postgres");

    private SqlFiles() {}

    static Map<String, String> all() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sql")).toList()) {
                texts.put(ROOT.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Those that the program sends, without the migrations. */
    static Map<String, String> statements() {
        Map<String, String> statements = all();
        statements.keySet().removeIf(file -> file.startsWith("migration/"));
        return statements;
    }
}
