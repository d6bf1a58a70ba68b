package dev.diptych.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.eventstore.EventStore;
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
 * The layout of core as rules, each with what would be lost without it. They are made for a root package, so that the
 * same rules judge the real code and the violations that were planted to see them fail.
 */
final class LayoutRules {

    private static final String CORE = "dev.diptych.core.";

    /** The part of Java that does no I/O: packages, without those below them unless it says so. */
    static final List<String> JAVA = List.of(
            "java.lang",
            "java.util",
            "java.util.concurrent..",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.time",
            "java.math",
            "org.jspecify.annotations");

    /** What each generic package may know besides itself and Java. */
    private static final Map<String, List<String>> GENERIC = Map.of(
            "eventstore", List.of(),
            "money", List.of(),
            "bus", List.of(CORE + "eventstore", CORE + "projection"),
            "aggregate", List.of(CORE + "bus", CORE + "eventstore"),
            "projection", List.of(CORE + "eventstore"),
            "json", List.of(CORE + "eventstore", "com.fasterxml.jackson..", "java.io"));

    /** What tells the time or throws dice, whatever is asked of it. */
    private static final Set<Class<?>> CLOCKS_AND_DICE =
            Set.of(Clock.class, InstantSource.class, Date.class, Random.class, ThreadLocalRandom.class);

    /** Where only some methods do. */
    static final Map<Class<?>, Set<String>> METHODS_THAT_DO = Map.of(
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
        return List.of(context + ".events", CORE + "aggregate", CORE + "bus", CORE + "eventstore", CORE + "money");
    }

    static List<String> readMayKnow(String context) {
        String events = context.endsWith(".customers") ? CORE + "*.events" : context + ".events";
        return List.of(events, CORE + "bus", CORE + "projection", CORE + "money");
    }

    static List<String> rootMayKnow() {
        return List.of(CORE + "*.events", CORE + "json", CORE + "money");
    }

    static ArchRule genericPackage(String root, String name) {
        return onlyKnows(root + "." + name + "..", genericMayKnow(name))
                .because("a generic package that knows a context, a framework or I/O cannot be copied into a project"
                        + " of one's own");
    }

    static ArchRule events(String context) {
        return onlyKnows(context + ".events..", eventsMayKnow())
                .because(
                        "events are the one language that both sides share: what they know, everybody would depend on");
    }

    static ArchRule write(String context) {
        return onlyKnows(context + ".write..", writeMayKnow(context))
                .because("a write side that looks at read models decides on data that may be old");
    }

    static ArchRule read(String context) {
        return onlyKnows(context + ".read..", readMayKnow(context))
                .because("query code that touches aggregates or streams ties every view to the insides of the write"
                        + " model, and CQRS is lost");
    }

    static ArchRule rootPackage(String root) {
        return onlyKnows(root, rootMayKnow())
                .because("the list of stored events names events and their codec: if it knew either side, that side"
                        + " would decide what is kept for ever");
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a circle cannot be read, tested or copied one without the others");
    }

    static ArchRule onlyTheRepositoryMeetsTheStore(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotBelongToAnyOf(Repository.class)
                .should()
                .accessTargetWhere(describe("append to or read a stream", LayoutRules::touchesAStream))
                .because("where events are loaded and appended in one place only, no decision is stored without the"
                        + " version that it was made on");
    }

    static ArchRule noClockAndNoChance(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + "..write..", root + "..events..", root + "..read..")
                .should()
                .accessTargetWhere(describe("ask a clock or chance", LayoutRules::asksClockOrChance))
                .because("a decision that looks at a clock or at chance cannot be repeated or tested: time and ids come"
                        + " in as arguments");
    }

    private static boolean touchesAStream(JavaAccess<?> access) {
        return !access.getOriginOwner().isAssignableTo(EventStore.class)
                && access.getTargetOwner().isAssignableTo(EventStore.class)
                && Set.of("append", "readStream").contains(access.getName());
    }

    private static boolean asksClockOrChance(JavaAccess<?> access) {
        boolean now = access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now");
        return now
                || CLOCKS_AND_DICE.stream().anyMatch(access.getTargetOwner()::isAssignableTo)
                || METHODS_THAT_DO.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isEquivalentTo(entry.getKey())
                                && entry.getValue().contains(access.getName()));
    }

    /** An allow-list: a package that is not on it is refused, even one that nobody thought of. */
    private static ClassesShouldConjunction onlyKnows(String packages, List<String> others) {
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
