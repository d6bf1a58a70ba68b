import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the Java sources of all modules by palantir-java-format: {@code apply} rewrites them, and {@code check} fails
 * when a source would change. pom.xml runs it, in the root of the project.
 */
final class Format {

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        List<Path> wrong;
        try (Stream<Path> modules = Files.list(Path.of(""))) {
            List<Path> sources = modules.flatMap(Format::sources).toList();
            wrong = sources.parallelStream().filter(source -> !isFormatted(source, apply)).sorted().toList();
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(source -> System.err.println("Not formatted: " + source));
            System.err.println("To format the sources, run: mvn -q -Pformat");
            System.exit(1);
        }
    }

    private static Stream<Path> sources(Path module) {
        Path root = module.resolve("src");
        if (!Files.isDirectory(root)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> root.relativize(file).toString().matches("\\w+[/\\\\]java[/\\\\].*\\.java"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a source is as it should be, perhaps because it has been rewritten. */
    private static boolean isFormatted(Path source, boolean apply) {
        try {
            String text = Files.readString(source);
            String ordered = ImportOrderer.reorderImports(text.replace("\r\n", "\n"), Style.PALANTIR);
            String formatted = FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
            if (apply && !formatted.equals(text)) {
                Files.writeString(source, formatted);
            }
            return apply || formatted.equals(text);
        } catch (FormatterException e) {
            System.err.println(source + ":" + e.getMessage());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
