package dev.diptych.api.write;

import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;
import dev.diptych.core.orders.write.OrderRejection;
import dev.diptych.core.subscriptions.write.SubscriptionRejection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The problem kinds of the domain rules: one for each type of rejection, with the rule's code. */
public final class RuleProblems {

    private static final int STATUS = 409;

    /** The kind of each rule that can reject a command. */
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
