package dev.diptych.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** Loads statements from {@code .sql} resources. */
public final class Sql {

    private Sql() {}

    /**
     * Returns the statement in a file, without the comment at its top.
     *
     * @param home a class in the package of the file
     * @param file the file's name, such as {@code append.sql}
     */
    public static String of(Class<?> home, String file) {
        try (InputStream in = Objects.requireNonNull(home.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .dropWhile(line -> line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
