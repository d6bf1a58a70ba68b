package dev.diptych.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** Statements as they stand in the {@code .sql} files beside a class. */
public final class Sql {

    private Sql() {}

    /**
     * The statement in a file, without the lines of comment at its top.
     *
     * @param home the class beside which the file is
     * @param file its name, such as {@code append.sql}
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
