package dev.diptych.api.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.diptych.api.Role;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.read.ReadRoutes;
import dev.diptych.api.write.WriteRoutes;
import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.automation.AutomationWorker;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.RetryingCommandBus;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.OpenAppend;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.Text;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;
import dev.diptych.core.query.QueryHandler;
import dev.diptych.core.query.Views;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each side of the API depends only on its own bus; each rule detects a planted violation. */
class WiringTest {

    private static final String REAL = "dev.diptych.api";
    private static final String PLANTED = "dev.diptych.api.violations";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(REAL);
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    private static final DescribedPredicate<JavaClass> COMMON = resideInAnyPackage(
            "dev.diptych.api.http..",
            "dev.diptych.core.background..",
            "dev.diptych.core.money..",
            "dev.diptych.core.*.events..",
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.nio.charset..",
            "org.jspecify..",
            "io.javalin..",
            "com.fasterxml.jackson.annotation..");

    /** The parameters and the result of an append, which give no access to streams. */
    private static final DescribedPredicate<JavaClass> VALUES_OF_APPENDS = belongToAnyOf(
            AppendResult.class, CommandStamp.class, ExpectedVersion.class, Place.class, StreamName.class, Text.class);

    private static ArchRule writeRoutes(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".write..")
                .should()
                .onlyDependOnClassesThat(COMMON.or(resideInAnyPackage(
                                root + ".write..", "dev.diptych.core.*.write..", "dev.diptych.core.command.."))
                        .or(VALUES_OF_APPENDS))
                .because("a write route that can ask a question will decide on an answer that may be old");
    }

    private static ArchRule readRoutes(String root) {
        return classes()
                .that()
                .resideInAnyPackage(root + ".read..", root + ".live..")
                .should()
                .onlyDependOnClassesThat(COMMON.or(resideInAnyPackage(
                                root + ".read..",
                                root + ".live..",
                                "dev.diptych.core.*.read..",
                                "dev.diptych.core.query.."))
                        .or(belongToAnyOf(Place.class, Text.class)))
                .because(
                        "a read route that can change something is no longer safe to repeat, to cache or to scale out");
    }

    private static ArchRule sharedHttp(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".http..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                root + ".http..",
                                "dev.diptych.core.background..",
                                "dev.diptych.core.money..",
                                "java..",
                                "org.jspecify..",
                                "io.javalin..",
                                "org.eclipse.jetty..",
                                "jakarta.servlet.http", // Javalin shows only the first of several headers with one name
                                "com.fasterxml.jackson..")
                        .or(belongToAnyOf(Place.class, StoreUnavailableException.class, Text.class)))
                .because("what both sides share would carry over to the other side whatever it knows of one");
    }

    private static ArchRule operationsRoutes(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".operations..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                root + ".operations..",
                                "dev.diptych.api.http..",
                                "dev.diptych.core.automation",
                                "dev.diptych.core.projection..",
                                "dev.diptych.core.query..",
                                "java..",
                                "org.jspecify..",
                                "io.javalin..",
                                "com.fasterxml.jackson.annotation..")
                        .or(belongToAnyOf(OpenAppend.class, Role.class, StoreUnavailableException.class)))
                .because("a route for operations that knows orders has to change whenever they do");
    }

    private static ArchRule addressRoutes(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".addresses..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                root + ".addresses..",
                                "dev.diptych.api.http..",
                                "dev.diptych.core.addresses",
                                "java..",
                                "org.jspecify..",
                                "io.javalin..")
                        .or(belongToAnyOf(Text.class)))
                .because("a table with a form needs neither bus");
    }

    private static ArchRule onlyMetricsKnowMicrometer(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage("dev.diptych.api.metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .because("a meter outside this package is not in the list of metrics, and its labels are unbounded");
    }

    private static ArchRule onlyTheRootKnowsTheLab(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(REAL, root + ".lab..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.diptych.api.lab..")
                .because("the lab routes read streams for demonstration; queries are answered from read models");
    }

    private static ArchRule labRoutes(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".lab..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                root + ".lab..",
                                "dev.diptych.api.http..",
                                "dev.diptych.api.operations..",
                                "dev.diptych.core.automation.events..",
                                "dev.diptych.core.background..",
                                "dev.diptych.core.eventstore..",
                                "dev.diptych.core.projection..",
                                "java..",
                                "org.jspecify..",
                                "io.javalin..",
                                "com.fasterxml.jackson.annotation..")
                        .or(belongToAnyOf(Aggregate.class)))
                .because("a lab that can send commands or change rows shows what it has done itself");
    }

    private static ArchRule thePageIsFiles(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".page..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        root + ".page..", "dev.diptych.api.http..", "java..", "org.jspecify..", "io.javalin.."))
                .because("the page talks to the public HTTP API, as any client could");
    }

    private static ArchRule onlyLaunchKnowsStores(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".launch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.diptych.store..")
                .because("where more than the launcher knows which store there is, stores cannot be swapped");
    }

    private static ArchRule genericStore(String packageName) {
        return classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        packageName,
                        "dev.diptych.core.automation",
                        "dev.diptych.core.eventstore..",
                        "dev.diptych.core.projection..",
                        "dev.diptych.core.query..",
                        "java..",
                        "org.jspecify..")
                .because("the generic part of a store that knows a context cannot be copied without it");
    }

    @Test
    void the_generic_part_of_a_store_depends_on_no_context() {
        JavaClasses stores = new ClassFileImporter().importPackages("dev.diptych.store.memory");
        genericStore("dev.diptych.store.memory").check(stores);
        catches(genericStore(PLANTED + ".store"), "StoreThatKnowsAContext", "cannot be copied");
    }

    @Test
    void write_routes_do_not_depend_on_queries() {
        writeRoutes(REAL).check(CODE);
        for (Class<?> planted : List.of(QueryBus.class, DirectQueryBus.class, QueryHandler.class, Views.class)) {
            catches(writeRoutes(PLANTED), "<" + planted.getName() + ">", "may be old");
        }
        catches(writeRoutes(PLANTED), EventStore.class.getName(), "may be old");
    }

    @Test
    void read_routes_do_not_depend_on_commands_and_streams() {
        readRoutes(REAL).check(CODE);
        for (Class<?> planted : List.of(
                CommandBus.class,
                DirectCommandBus.class,
                RetryingCommandBus.class,
                ObservedCommandBus.class,
                EventStore.class,
                PlaceOrder.class,
                ReadModelStore.class,
                AutomationWorker.class)) {
            catches(readRoutes(PLANTED), "<" + planted.getName() + ">", "safe to repeat");
        }
    }

    @Test
    void shared_http_depends_on_neither_side() {
        sharedHttp(REAL).check(CODE);
        catches(sharedHttp(PLANTED), "BodyThatKnowsACommand", "carry over");
    }

    @Test
    void operations_routes_depend_on_no_context() {
        operationsRoutes(REAL).check(CODE);
        catches(operationsRoutes(PLANTED), "ForbiddenRoute.orders>", "has to change");
    }

    @Test
    void the_routes_of_a_plain_table_use_neither_bus() {
        addressRoutes(REAL).check(CODE);
        catches(addressRoutes(PLANTED), "AddressOfAnAggregate.commands>", "needs neither bus");
        catches(addressRoutes(PLANTED), "AddressOfAnAggregate.queries>", "needs neither bus");
    }

    @Test
    void only_the_metrics_package_depends_on_micrometer() {
        onlyMetricsKnowMicrometer(REAL).check(CODE);
        catches(onlyMetricsKnowMicrometer(PLANTED), "ForbiddenRoute.counter>", "its labels are unbounded");
    }

    @Test
    void only_the_composition_root_depends_on_the_lab() {
        onlyTheRootKnowsTheLab(REAL).check(CODE);
        catches(onlyTheRootKnowsTheLab(PLANTED), "violations.read.RouteOnTheLab", "answered from read models");
        labRoutes(REAL).check(CODE);
        catches(labRoutes(PLANTED), "LabThatSendsCommands", "has done itself");
    }

    @Test
    void the_page_depends_only_on_files() {
        thePageIsFiles(REAL).check(CODE);
        catches(thePageIsFiles(PLANTED), "PageOnAStream", "as any client could");
    }

    @Test
    void only_the_launcher_depends_on_the_stores() {
        onlyLaunchKnowsStores(REAL).check(CODE);
        assertThat(CODE.stream())
                .as("a class in launch that does know a store, or the rule names a package that is not there")
                .anyMatch(type -> type.getPackageName().equals(REAL + ".launch")
                        && type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(use ->
                                        use.getTargetClass().getPackageName().startsWith("dev.diptych.store.")));
        catches(onlyLaunchKnowsStores(PLANTED), "ForbiddenRoute.store>", "cannot be swapped");
    }

    @Test
    void each_kind_of_route_has_only_its_own_bus() {
        assertThat(Arrays.stream(WriteRoutes.class.getConstructors()).map(each -> each.getParameterTypes()))
                .containsExactly(new Class<?>[][] {{CommandBus.class, InstantSource.class}});
        assertThat(Arrays.stream(ReadRoutes.class.getConstructors()).map(each -> each.getParameterTypes()))
                .containsExactly(new Class<?>[][] {
                    {QueryBus.class, CheckpointWatch.class, ReadRoutes.Waits.class, EventStreams.class}
                });
    }

    private static void catches(ArchRule rule, String violator, String because) {
        EvaluationResult result = rule.evaluate(VIOLATIONS);
        assertThat(result.hasViolation())
                .as("a violation of: %s", rule.getDescription())
                .isTrue();
        assertThat(result.getFailureReport().toString()).contains(violator).contains(because);
    }
}
