package dev.diptych.store.postgres.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The {@code .sql} files of this module, by their paths below the resources of the root package. */
public final class SqlFiles {

    private static final Path ROOT = Path.of("src/main/resources/dev/diptych/store/postgres");

    private SqlFiles() {}

    public static Map<String, String> all() {
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

    /** The statements that the program sends, without the migrations. */
    public static Map<String, String> statements() {
        Map<String, String> statements = all();
        statements.keySet().removeIf(file -> file.startsWith("migration/"));
        return statements;
    }
}
