package dev.diptych.docs;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code docs/reference/rules.md}: every architecture rule, in the words of the test that checks it. The rules live in
 * the tests of other modules, so they are asked for by reflection.
 */
final class RulesPage {

    private static final String LAYOUT = "dev.diptych.core.architecture.LayoutRules";
    private static final List<String> CONTEXTS = List.of("orders", "subscriptions", "customers");

    private static final int LAST_COLUMN = 120;

    private RulesPage() {}

    static GeneratedPage current() throws Exception {
        // One class imports the code when it is loaded: only its rules are wanted here.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        Map<String, Set<String>> rules = new TreeMap<>();
        URL[] tests = {classes("core"), classes("api")};
        try (var loader = new URLClassLoader(tests, RulesPage.class.getClassLoader())) {
            rules.put("core", core(loader.loadClass(LAYOUT)));
            rules.put("api", rooted(loader.loadClass("dev.diptych.api.architecture.WiringTest"), "dev.diptych.api"));
        }
        return of(rules);
    }

    static GeneratedPage of(Map<String, Set<String>> rules) {
        var page = new StringBuilder("""
                # Architecture rules

                What each part of the code may know, and what would be lost without the rule. ArchUnit checks them in `LayoutTest`
                and `WiringTest`, each also against a violation that was planted to see it fail. A name that ends in `..` means a
                package with all below it; plain Java is `java.lang`, `java.util` with its concurrency, functions and streams,
                `java.time`, `java.math` and the like: what does no I/O. This page is written by a test from the rules.
                """);
        rules.forEach((module, sentences) -> {
            page.append("%n## Module %s%n".formatted(module));
            sentences.forEach(sentence -> page.append('\n').append(paragraph(sentence)));
        });
        return new GeneratedPage("docs/reference/rules.md", page.toString());
    }

    /** The rule, and the reason for it. */
    private static String paragraph(String sentence) {
        int because = sentence.lastIndexOf(", because ");
        String rule = because < 0 ? sentence : sentence.substring(0, because);
        String reason = because < 0 ? "" : " *Because " + sentence.substring(because + 10) + ".*";
        return wrapped("- " + rule.replaceAll("'([^']*)'", "`$1`") + "." + reason);
    }

    private static String wrapped(String paragraph) {
        var text = new StringBuilder();
        int column = 0;
        for (String word : paragraph.split(" ", -1)) {
            boolean breaks = column + 1 + word.length() > LAST_COLUMN;
            String before = column == 0 ? "" : breaks ? "\n  " : " ";
            text.append(before).append(word);
            column = (breaks ? 2 : column + before.length()) + word.length();
        }
        return text.append('\n').toString();
    }

    private static URL classes(String module) throws Exception {
        return Repo.ROOT.resolve(module).resolve("target/test-classes").toUri().toURL();
    }

    private static Set<String> core(Class<?> rules) throws Exception {
        Field java = rules.getDeclaredField("JAVA");
        java.setAccessible(true);
        String all = ((List<?>) java.get(null))
                .stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "));
        return sentences(rules).stream()
                .map(sentence -> sentence.replace(all, "plain Java"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sentences(Class<?> rules) throws Exception {
        Set<String> sentences = new TreeSet<>(rooted(rules, "dev.diptych.core"));
        for (String context : CONTEXTS) {
            for (String side : List.of("events", "write", "read", "automation")) {
                if (java.nio.file.Files.exists(
                        Repo.ROOT.resolve("core/src/main/java/dev/diptych/core/" + context + "/" + side))) {
                    sentences.add(call(rules.getDeclaredMethod(side, String.class), "dev.diptych.core." + context));
                }
            }
        }
        Method generic = rules.getDeclaredMethod("genericPackages");
        generic.setAccessible(true);
        for (Object each : (Set<?>) generic.invoke(null)) {
            sentences.add(call(
                    rules.getDeclaredMethod("genericPackage", String.class, String.class), "dev.diptych.core", each));
        }
        return sentences;
    }

    /** Every rule that is made for a root package alone. */
    private static Set<String> rooted(Class<?> rules, String root) throws Exception {
        List<Method> methods = new ArrayList<>(Arrays.asList(rules.getDeclaredMethods()));
        methods.removeIf(method -> !method.getReturnType().equals(ArchRule.class)
                || method.getParameterCount() != 1
                || Set.of("events", "write", "read", "automation").contains(method.getName()));
        methods.sort(Comparator.comparing(Method::getName));
        Set<String> sentences = new TreeSet<>();
        for (Method method : methods) {
            sentences.add(call(method, method.getName().equals("genericStore") ? "dev.diptych.store.memory" : root));
        }
        return sentences;
    }

    private static String call(Method method, Object... arguments) throws Exception {
        method.setAccessible(true);
        return ((ArchRule) method.invoke(null, arguments)).getDescription();
    }
}
