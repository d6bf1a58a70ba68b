package dev.diptych.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.query.Views;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The rules for the layout of core, each with its reason. They take a root package, so that the same rules apply to the
 * code and to the planted violations.
 */
final class LayoutRules {

    private static final String CORE = "dev.diptych.core.";

    /** The packages of Java without I/O; subpackages only where stated with {@code ..}. */
    static final List<String> JAVA = List.of(
            "java.lang",
            "java.util",
            "java.lang.ref",
            "java.util.concurrent..",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.time",
            "java.math",
            "org.jspecify.annotations");

    /** The packages on which each generic package may depend besides itself and Java. */
    private static final Map<String, List<String>> GENERIC = Map.of(
            "eventstore", List.of(),
            "money", List.of(),
            "background", List.of("java.time.temporal"),
            "command", List.of(CORE + "eventstore", "java.lang.annotation"),
            "query", List.of(CORE + "eventstore", CORE + "projection", CORE + "background"),
            "aggregate", List.of(CORE + "command", CORE + "eventstore"),
            "projection", List.of(CORE + "eventstore", CORE + "background"),
            "automation",
                    List.of(
                            CORE + "aggregate",
                            CORE + "command",
                            CORE + "eventstore",
                            CORE + "projection",
                            CORE + "background"),
            "json", List.of(CORE + "eventstore", "com.fasterxml.jackson..", "java.io"));

    /** Classes that use the time or random numbers in all methods. */
    private static final Set<Class<?>> CLOCKS_AND_RANDOM_NUMBERS =
            Set.of(Clock.class, InstantSource.class, Date.class, Random.class, ThreadLocalRandom.class);

    /** Classes that do so in some methods only. */
    static final Map<Class<?>, Set<String>> FORBIDDEN_METHODS = Map.of(
            System.class, Set.of("currentTimeMillis", "nanoTime"),
            Math.class, Set.of("random"),
            UUID.class, Set.of("randomUUID"));

    private LayoutRules() {}

    static Set<String> genericPackages() {
        return GENERIC.keySet();
    }

    static List<String> genericMayKnow(String name) {
        return GENERIC.getOrDefault(name, List.of());
    }

    static List<String> eventsMayKnow() {
        return List.of(CORE + "money");
    }

    static List<String> writeMayKnow(String context) {
        return List.of(context + ".events", CORE + "aggregate", CORE + "command", CORE + "eventstore", CORE + "money");
    }

    static List<String> readMayKnow(String context) {
        String events = context.endsWith(".customers") ? CORE + "*.events" : context + ".events";
        return List.of(events, CORE + "query", CORE + "projection", CORE + "money");
    }

    static List<String> automationMayKnow(String context) {
        return List.of(context + ".events", context + ".write", CORE + "automation", CORE + "command", CORE + "money");
    }

    static List<String> renewalsMayKnow() {
        return List.of(
                CORE + "subscriptions.events",
                CORE + "orders.events",
                CORE + "orders.write",
                CORE + "automation",
                CORE + "command",
                CORE + "query",
                CORE + "money",
                "java.nio.charset");
    }

    static List<String> rootMayKnow() {
        return List.of(CORE + "*.events", CORE + "json", CORE + "money");
    }

    static ArchRule genericPackage(String root, String name) {
        return dependsOnlyOn(root + "." + name + "..", genericMayKnow(name))
                .because("a generic package that depends on a context, a framework or I/O cannot be copied into"
                        + " another project");
    }

    static ArchRule events(String context) {
        return dependsOnlyOn(context + ".events..", eventsMayKnow())
                .because("events are the one language that both sides share: both would depend on what events"
                        + " depend on");
    }

    static ArchRule write(String context) {
        return dependsOnlyOn(context + ".write..", writeMayKnow(context))
                .because("a write side that uses read models or queries decides on data that may be old");
    }

    static ArchRule read(String context) {
        return dependsOnlyOn(context + ".read..", readMayKnow(context))
                .because("query code that uses aggregates, commands or streams ties every view to the internals of the"
                        + " write model, and CQRS is lost");
    }

    static ArchRule automation(String context) {
        return dependsOnlyOn(context + ".automation..", automationMayKnow(context))
                .because("an automation that asks a view, or changes a stream itself, depends on more than its list,"
                        + " and its commands can be sent twice");
    }

    static ArchRule renewals(String root) {
        return dependsOnlyOn(root + ".renewals..", renewalsMayKnow())
                .because("subscriptions and orders meet in events of the one and commands of the other: each can be"
                        + " changed, tested and deployed without the other");
    }

    static ArchRule addresses(String root) {
        return dependsOnlyOn(root + ".addresses..", List.of())
                .because("a table with a form needs no commands, events or projections; what it does not use cannot"
                        + " break it");
    }

    /** A view is a package. Classes that views share, such as a status, are in the parent package. */
    static ArchRule viewsDoNotDependOnEachOther(String root) {
        return slices().matching(root + ".(*).read.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a view that uses another one cannot be rebuilt, changed or removed alone");
    }

    static ArchRule rootPackage(String root) {
        return dependsOnlyOn(root, rootMayKnow())
                .because("the list of stored events names events and their codec: if it depended on either side, that"
                        + " side would decide what is kept forever");
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(assignableTo(Views.class), alwaysTrue()) // the port of a context lists its views
                .because("packages in a cycle cannot be read, tested or copied separately");
    }

    static ArchRule onlyTheRepositoryAccessesStreams(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotBelongToAnyOf(Repository.class)
                .should()
                .accessTargetWhere(describe("append to or read a stream", LayoutRules::accessesAStream))
                .because("when events are loaded and appended in one place only, no decision is stored without the"
                        + " version on which it is based");
    }

    static ArchRule noClockAndNoRandomNumbers(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        root + "..write..",
                        root + "..events..",
                        root + "..read..",
                        root + ".*.automation..",
                        root + ".renewals..")
                .should()
                .accessTargetWhere(describe("use a clock or random numbers", LayoutRules::usesClockOrRandomNumbers))
                .because("a decision that uses a clock or random numbers cannot be repeated or tested: time and ids are"
                        + " arguments");
    }

    private static boolean accessesAStream(JavaAccess<?> access) {
        return !access.getOriginOwner().isAssignableTo(EventStore.class)
                && access.getTargetOwner().isAssignableTo(EventStore.class)
                && Set.of("append", "readStream").contains(access.getName());
    }

    private static boolean usesClockOrRandomNumbers(JavaAccess<?> access) {
        boolean now = access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now");
        return now
                || CLOCKS_AND_RANDOM_NUMBERS.stream().anyMatch(access.getTargetOwner()::isAssignableTo)
                || FORBIDDEN_METHODS.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isEquivalentTo(entry.getKey())
                                && entry.getValue().contains(access.getName()));
    }

    /** An allow-list: every other package is refused. */
    private static ClassesShouldConjunction dependsOnlyOn(String packages, List<String> others) {
        String[] allowed = Stream.of(Stream.of(packages), others.stream(), JAVA.stream())
                .flatMap(each -> each)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
