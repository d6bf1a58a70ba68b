package dev.diptych.store.postgres;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What makes the store copyable: its generic package knows no context, and nothing but the driver and the pool. */
class StoreLayoutTest {

    private static final String ROOT = "dev.diptych.store.postgres";
    private static final List<String> GENERIC = List.of(
            ROOT,
            "dev.diptych.core.background",
            "dev.diptych.core.eventstore",
            "dev.diptych.core.projection",
            "dev.diptych.core.query",
            "java..",
            "javax.sql",
            "org.postgresql..",
            "com.zaxxer.hikari..",
            "org.jspecify.annotations");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    private static ArchRule onlyKnows(String packages, List<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because(
                        "a generic store that knows a context, or a framework, cannot be copied into a project of one's own");
    }

    @Test
    void the_generic_package_knows_only_what_it_may() {
        onlyKnows(ROOT, GENERIC).check(CODE);
        assertThat(CODE.that(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(ROOT)))
                .hasSizeGreaterThan(5);
    }

    @Test
    void the_rule_catches_what_knows_more() {
        assertThat(onlyKnows(ROOT + ".orders", GENERIC)
                        .evaluate(CODE)
                        .getFailureReport()
                        .toString())
                .contains("PostgresOrderList")
                .contains("cannot be copied");
    }

    @Test
    void every_other_package_is_named_after_a_context_and_has_migrations_of_its_own() {
        Set<String> packages = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
        assertThat(packages).containsExactlyInAnyOrderElementsOf(Contexts.names());
        for (String context : packages) {
            assertThat(SqlFiles.all()).containsKey("migration/" + context + "/V1__tables.sql");
        }
    }
}
