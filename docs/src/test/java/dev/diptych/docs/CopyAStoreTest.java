package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/howto/copy-a-store.md}, followed step by step: what comes out keeps the contract. */
class CopyAStoreTest {

    private static final Path CONTRACT = Path.of("../core/src/test/java/dev/diptych/core/contract");
    private static final Pattern TEST_METHOD =
            Pattern.compile("(?s)@(?:Parameterized)?Test\\b(?:(?!\\bvoid ).)*\\bvoid (\\w+)\\(");

    @Test
    void it_takes_fewer_than_ten_steps() throws IOException {
        assertThat(CopiedStore.steps()).hasSizeBetween(3, 9);
        assertThat(CopiedStore.steps().getLast().strip()).isEqualTo("mvn verify");
    }

    @Test
    @Tag("full")
    void a_copy_of_the_memory_store_keeps_the_whole_contract_and_serves_another_domain() throws Exception {
        keepsTheContract("memory");
    }

    @Test
    @Tag("full")
    void a_copy_of_the_postgres_store_keeps_the_whole_contract_and_serves_another_domain() throws Exception {
        keepsTheContract("postgres");
    }

    private static void keepsTheContract(String store) throws Exception {
        var copy = CopiedStore.nothingYet(store).copied(store);
        assertThat(copy.everything())
                .contains("package com.example.bank.store." + store + ";")
                .doesNotContain("dev.diptych", "dev/diptych")
                .doesNotContain("orders.", "subscriptions.", "customers.");

        Bash.Run run = copy.verified();

        assertThat(run.status()).as(run.output()).isZero();
        List<TestReports.Case> cases = copy.reports();
        assertThat(cases).as("tests that did not pass").allMatch(TestReports.Case::passed);
        for (String contract :
                List.of("EventStore", "ConcurrentEventStore", "Linearizability", "ReadModel", "ProjectionRunner")) {
            assertThat(methods(cases, capitalized(store) + contract + "ContractTest"))
                    .as("the tests of the contract of the %s, by their names", contract)
                    .containsExactlyInAnyOrderElementsOf(
                            contract.equals("ReadModel")
                                    ? Stream.concat(
                                                    promises("ReadModelStore").stream(),
                                                    promises("Generations").stream())
                                            .toList()
                                    : promises(contract));
        }
        assertThat(methods(cases, capitalized(store) + "AccountsTest")).hasSize(3);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "memory => src/main/java/com/example/bank/store/memory/MemoryEventStore.java"
                        + " => return expected.accepts(actual, history)"
                        + " => return expected instanceof ExpectedVersion.NoStream || expected.accepts(actual, history)",
                "postgres => src/main/resources/com/example/bank/store/postgres/migration/events/R__02_append.sql"
                        + " => WHEN 'none' THEN last_version = 0"
                        + " => WHEN 'none' THEN true"
            })
    void a_copy_that_breaks_a_promise_fails_the_test_of_that_promise(String store, String file, String from, String to)
            throws Exception {
        var copy = CopiedStore.nothingYet(store + "-broken").copied(store);
        copy.change(file, from, to);

        Bash.Run run = copy.verified(capitalized(store) + "EventStoreContractTest*");

        assertThat(run.status()).as(run.output()).isNotZero();
        List<TestReports.Case> failed =
                copy.reports().stream().filter(each -> !each.passed()).toList();
        assertThat(failed).as(run.output()).anySatisfy(each -> {
            assertThat(each.method()).isEqualTo("the_no_stream_expectation_accepts_only_a_new_stream");
            assertThat(each.trouble())
                    .contains("The contract says: the no stream expectation accepts only a new stream");
        });
        assertThat(copy.reports()).hasSizeGreaterThan(10 * failed.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "postgres"})
    void the_project_of_the_copy_has_the_versions_of_this_one(String store) throws Exception {
        List<Poms.Versioned> own = Poms.versions(Path.of("../pom.xml"));
        List<Poms.Versioned> copied = Poms.versions(Path.of("src/test/resources/copy-a-store", store, "pom.xml"));
        assertThat(copied).hasSizeGreaterThan(7).isSubsetOf(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "postgres"})
    void the_project_of_the_copy_finds_a_newer_jdk_as_this_one_does(String store) throws Exception {
        for (Path pom : List.of(Path.of("../pom.xml"), Path.of("src/test/resources/copy-a-store", store, "pom.xml"))) {
            assertThat(Files.readString(pom))
                    .contains("<goal>select-jdk-toolchain</goal>")
                    .contains("<version>[21,)</version>");
        }
    }

    private static List<String> methods(List<TestReports.Case> cases, String type) {
        return cases.stream()
                .filter(each -> each.type().equals(type) || each.type().equals(type + "$OnTheNewest"))
                .map(TestReports.Case::method)
                .distinct()
                .toList();
    }

    private static List<String> promises(String contract) throws IOException {
        List<String> names = new ArrayList<>();
        TEST_METHOD
                .matcher(Files.readString(CONTRACT.resolve(contract + "Contract.java")))
                .results()
                .forEach(method -> names.add(method.group(1)));
        assertThat(names).as("tests of %s", contract).hasSizeGreaterThan(1);
        return names;
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
