package dev.diptych.api.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.store.postgres.PostgresSchema;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A later version of the program: a changed copy of the PostgreSQL store replaces it on the class path. */
final class LaterVersion {

    private static final Path SOURCES = Path.of("..", "store-postgres", "src", "main", "java");
    private static final String PACKAGE = "dev/diptych/store/postgres/";

    private final Path directory;

    private LaterVersion(Path directory) {
        this.directory = directory;
    }

    /** Copies the store of this version. */
    static LaterVersion in(Path directory) throws IOException {
        Path store = store();
        if (Files.isDirectory(store)) {
            copy(store, directory);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(store)) {
                copy(jar.getPath("/"), directory);
            }
        }
        return new LaterVersion(directory);
    }

    /** A directory or a jar, as Maven has it. */
    private static Path store() {
        try {
            return Path.of(PostgresSchema.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Writes a new resource. */
    LaterVersion with(String resource, String text) throws IOException {
        Files.writeString(directory.resolve(PACKAGE + resource), text);
        return this;
    }

    /** Replaces a text in a resource, wherever it occurs. */
    LaterVersion edit(String resource, String before, String after) throws IOException {
        String text = text(resource);
        assertThat(text).contains(before);
        return with(resource, text.replace(before, after));
    }

    String text(String resource) throws IOException {
        return Files.readString(directory.resolve(PACKAGE + resource));
    }

    /** Replaces a text in a class, which is compiled again. */
    LaterVersion editClass(String source, String before, String after) throws IOException {
        String text = Files.readString(SOURCES.resolve(PACKAGE + source));
        assertThat(text).contains(before);
        with(source, text.replace(before, after));
        String file = directory.resolve(PACKAGE + source).toString();
        List<String> arguments = List.of("-d", directory.toString(), "-cp", classPath(), "-proc:none", "-nowarn", file);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return this;
    }

    /** The class path of this process, with this version of the store. */
    String classPath() {
        String store = store().toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> entry.equals(store) ? directory.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
