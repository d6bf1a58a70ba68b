package dev.diptych.store.postgres.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.readmodels.Contexts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The store can be copied: its generic packages depend on no context, and on no library but driver and pool. */
class StoreLayoutTest {

    private static final String ROOT = "dev.diptych.store.postgres";
    private static final String EVENTS = ROOT + ".events";
    private static final String READ_MODELS = ROOT + ".readmodels";
    private static final List<String> GENERIC = List.of(
            ROOT,
            EVENTS,
            READ_MODELS,
            "dev.diptych.core.automation",
            "dev.diptych.core.background",
            "dev.diptych.core.eventstore",
            "dev.diptych.core.json",
            "dev.diptych.core.projection",
            "dev.diptych.core.query",
            "java..",
            "javax.sql",
            "org.postgresql..",
            "com.zaxxer.hikari..",
            "org.jspecify.annotations");

    private static final JavaClasses WITH_TESTS = new ClassFileImporter().importPackages(ROOT);

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    private static ArchRule dependsOnly(String packages, List<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because(
                        "a generic store that depends on a context or a framework cannot be copied to another project");
    }

    @Test
    void the_root_depends_on_neither_room_and_the_rooms_not_on_each_other() {
        dependsOnly(ROOT, without(EVENTS, READ_MODELS)).check(CODE);
        dependsOnly(EVENTS, without(READ_MODELS)).check(CODE);
        dependsOnly(READ_MODELS, without(EVENTS)).check(CODE);
        for (String generic : List.of(ROOT, EVENTS, READ_MODELS)) {
            assertThat(CODE.that(resideInAPackage(generic))).hasSizeGreaterThan(5);
        }
    }

    /** {@link TestDatabase} is in the root, and uses the event store. */
    @Test
    void a_root_that_depends_on_a_room_is_found() {
        assertThat(dependsOnly(ROOT, without(EVENTS, READ_MODELS))
                        .evaluate(WITH_TESTS)
                        .getFailureReport()
                        .toString())
                .contains("TestDatabase.open()")
                .contains("events.PostgresEventStore");
    }

    private static List<String> without(String... others) {
        return GENERIC.stream().filter(each -> !List.of(others).contains(each)).toList();
    }

    @Test
    void a_package_with_other_dependencies_is_found() {
        assertThat(dependsOnly(ROOT + ".orders", GENERIC)
                        .evaluate(CODE)
                        .getFailureReport()
                        .toString())
                .contains("PostgresOrderList")
                .contains("cannot be copied");
    }

    @Test
    void every_other_package_is_named_after_a_context_and_has_its_own_migrations() {
        Set<String> packages = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !List.of(ROOT, EVENTS, READ_MODELS).contains(name))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
        assertThat(packages).containsExactlyInAnyOrderElementsOf(Contexts.names());
        for (String context : packages) {
            assertThat(SqlFiles.all()).containsKey("migration/" + context + "/V1__tables.sql");
        }
    }
}
