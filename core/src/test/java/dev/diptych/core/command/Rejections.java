package dev.diptych.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Examples;
import java.util.List;

/** The rules for the rejections of every context. */
public final class Rejections {

    private static final String SENTENCES = "(?s)[A-Z].+\\.";

    private Rejections() {}

    /** Asserts that each rejection has its own {@link Rule}, and that its message states the reason and the remedy. */
    public static void assertExplained(Class<? extends Rejection> family) {
        Examples.recordsOf(family).forEach(Rejections::assertDescribed);
        List<? extends Rejection> all = Examples.of(family);
        assertThat(all).extracting(Rejection::code).doesNotHaveDuplicates();
        for (Rejection each : all) {
            assertThat(each.message())
                    .as("the message of %s: one sentence states the reason, the next one the remedy", name(each))
                    .matches("(?s)[A-Z].+\\. [A-Z].+\\.");
        }
    }

    private static void assertDescribed(Class<?> type) {
        Rule rule = type.getAnnotation(Rule.class);
        String name = type.getSimpleName();
        assertThat(rule).as("the @Rule that describes %s", name).isNotNull();
        assertThat(rule.code())
                .as("the code of %s: lower-case words with hyphens between them", name)
                .matches("[a-z]+(-[a-z]+)*");
        assertThat(rule.title())
                .as("the title of %s: without a full stop", name)
                .matches("[A-Z].*[^.]");
        assertThat(rule.meaning()).as("the meaning of %s, in sentences", name).matches(SENTENCES);
        assertThat(rule.remedy()).as("the remedy of %s, in sentences", name).matches(SENTENCES);
    }

    private static String name(Rejection rejection) {
        return rejection.getClass().getSimpleName();
    }

    /** Returns an example of each rejection of a sealed family. */
    public static List<Rejection> examplesOf(Class<? extends Rejection> family) {
        return List.copyOf(Examples.of(family));
    }
}
