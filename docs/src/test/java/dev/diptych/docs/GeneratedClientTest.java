package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.RunningApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that openapi-generator makes from the description of the API compiles, and does business with the server.
 */
class GeneratedClientTest {

    private static final Path PROJECT = Path.of("src/test/resources/generated-client");
    private static final Path YAML = Path.of("../api/src/main/resources/dev/diptych/api/openapi/openapi.yaml");

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"memory", "postgres"})
    void a_generated_client_places_pays_ships_and_reads_an_order(String store) throws Exception {
        Path client = project(store, Files.readString(YAML));

        String output = tested(client, store);

        List<TestReports.Case> cases = TestReports.in(client.resolve("target/surefire-reports"));
        assertThat(cases).as(output).hasSize(1).allMatch(TestReports.Case::passed);
    }

    @Tag("full")
    @Test
    void a_client_of_another_description_does_not_compile() throws Exception {
        String yaml = Files.readString(YAML);
        String other = yaml.replace(
                "required: [amount]\n      properties:\n        amount:",
                "required: [sum]\n      properties:\n        sum:");
        assertThat(other).as("a description with a planted fault").isNotEqualTo(yaml);

        String output = tested(project("planted", other), "memory");

        assertThat(output).contains("COMPILATION ERROR").contains("amount");
    }

    @Test
    void the_project_of_the_client_has_the_versions_of_this_one() throws Exception {
        assertThat(Poms.versions(PROJECT.resolve("pom.xml")).stream()
                        .filter(each -> !each.artifact().startsWith("openapi-generator")))
                .hasSizeGreaterThan(5)
                .isSubsetOf(Poms.versions(Path.of("../pom.xml")));
    }

    private static Path project(String name, String yaml) throws IOException {
        Path directory =
                Folders.emptied(Path.of("target", "generated-client", name).toAbsolutePath());
        Path project = directory.resolve("project");
        Folders.copy(PROJECT, project, Set.of());
        Files.writeString(project.resolve("openapi.yaml"), yaml);
        return project;
    }

    /** Builds it against a server that runs here; what Maven said. */
    private static String tested(Path directory, String store) throws Exception {
        try (var api = RunningApi.on(store)) {
            return new Bash(directory.getParent(), directory)
                    .run("mvn test -Dshop.api=http://127.0.0.1:" + api.port())
                    .output();
        }
    }
}
