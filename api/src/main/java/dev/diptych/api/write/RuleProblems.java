package dev.diptych.api.write;

import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemKind;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;
import dev.diptych.core.orders.write.OrderRejection;
import dev.diptych.core.subscriptions.write.SubscriptionRejection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of problem that are rules of the domain: one for each type of rejection, under its code. */
public final class RuleProblems {

    private static final int STATUS = 409;

    /** Every rule that can refuse a command. */
    public static final List<ProblemKind> KINDS = Stream.of(OrderRejection.class, SubscriptionRejection.class)
            .flatMap(rejections -> Arrays.stream(rejections.getPermittedSubclasses()))
            .map(rejection -> kind(rejection.getAnnotation(Rule.class)))
            .toList();

    private RuleProblems() {}

    private static ProblemKind kind(Rule rule) {
        return new ProblemKind(rule.code(), STATUS, rule.title(), rule.meaning(), rule.remedy());
    }

    static Problem of(Rejection rejection) {
        return Problem.of(kind(rejection.getClass().getAnnotation(Rule.class)), rejection.message());
    }
}
