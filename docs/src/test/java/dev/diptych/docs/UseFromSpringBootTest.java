package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.docs.Page.Fence;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/howto/use-from-spring-boot.md}, followed step by step: a Spring Boot application on a copied store. */
@Tag("full")
class UseFromSpringBootTest {

    private static final Page HOW_TO = Page.read(Repo.ROOT.resolve("docs/howto/use-from-spring-boot.md"));

    @Test
    void the_application_starts_on_the_copied_store_and_its_tests_pass() throws Exception {
        List<String> commands = HOW_TO.fences("bash").stream().map(Fence::text).toList();
        assertThat(commands).hasSize(2).last().isEqualTo("mvn verify\n");

        var copy = CopiedStore.nothingYet("spring-boot").copied("postgres", commands.getFirst());
        Bash.Run run = copy.verified();

        assertThat(run.status()).as(run.output()).isZero();
        List<TestReports.Case> cases = copy.reports();
        assertThat(cases).allMatch(TestReports.Case::passed);
        assertThat(cases)
                .filteredOn(each -> each.type().equals("BankApplicationTest"))
                .hasSize(4);
        assertThat(cases)
                .filteredOn(each -> each.type().startsWith("PostgresEventStoreContractTest"))
                .hasSizeGreaterThan(10);
    }
}
