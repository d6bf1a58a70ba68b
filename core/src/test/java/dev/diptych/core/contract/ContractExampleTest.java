package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the example in the Javadoc of {@link EventStoreContract}. */
class ContractExampleTest {

    private static final Path CONTRACT = Path.of("src/test/java/dev/diptych/core/contract/EventStoreContract.java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL);

    /** The imports and the store that the reader of the example adds. */
    private static final String BEFORE = """
            import dev.diptych.core.contract.*;
            import dev.diptych.core.eventstore.EventStore;
            import java.time.Duration;
            import java.time.InstantSource;

            class MyEventStore extends DelegatingEventStore {
                MyEventStore(InstantSource clock) {
                    super(null);
                }
            }
            """;

    @TempDir
    private Path classes;

    @Test
    void the_example_compiles() throws IOException {
        assertThat(errorsOf(example())).isEmpty();
    }

    @Test
    void an_example_without_a_required_method_does_not_compile() throws IOException {
        String lacking = example().replaceFirst("(?s)@Override\\s+protected void letTimePass.*?\\n    }\\n", "");
        assertThat(lacking).contains("newStore").doesNotContain("letTimePass");
        assertThat(errorsOf(lacking)).contains("abstract method letTimePass");
    }

    private static String example() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(CONTRACT));
        assertThat(example.find()).as("an example in %s", CONTRACT).isTrue();
        return example.group(1).replaceAll("(?m)^ \\* ?", "");
    }

    private String errorsOf(String example) {
        var errors = new StringWriter();
        var options = List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        var source = new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return BEFORE + example;
            }
        };
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(errors, null, null, options, null, List.of(source))
                .call();
        return compiled ? "" : errors.toString();
    }
}
