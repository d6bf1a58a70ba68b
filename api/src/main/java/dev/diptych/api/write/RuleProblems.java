package dev.diptych.api.write;

import dev.diptych.api.http.Problem;
import dev.diptych.api.http.ProblemKind;
import dev.diptych.core.bus.Rejection;
import java.util.List;

/** The kinds of problem that are rules of the domain: one for each rejection, under its code. */
public final class RuleProblems {

    private static final int STATUS = 409;

    /** Every rule that can refuse a command. */
    public static final List<ProblemKind> KINDS = List.of(
            rule(
                    "order-sku-repeated",
                    "An order lists each product once",
                    "A sku is in more than one line of the order.",
                    "List each sku once, with its whole quantity."),
            rule(
                    "order-placed-differently",
                    "The order has been placed differently",
                    "There is an order with this id, with another customer or other items.",
                    "Place this one under an id of its own."),
            rule(
                    "order-amount-not-total",
                    "An order is paid with its total",
                    "The amount is not what the order costs.",
                    "Pay exactly the total, which the detail names."),
            rule(
                    "order-paid-differently",
                    "The order has been paid differently",
                    "The order has been paid already, with another amount.",
                    "Pay nothing more."),
            rule("order-not-paid", "Only a paid order is shipped", "The order has not been paid.", "Pay it first."),
            rule(
                    "order-shipped",
                    "What has been shipped cannot be cancelled",
                    "The order is on its way.",
                    "Ask the customer to return it."),
            rule(
                    "order-cancelled",
                    "The order has been cancelled",
                    "A cancelled order stays cancelled.",
                    "Place a new order instead."),
            rule(
                    "subscription-started-differently",
                    "The subscription has been started differently",
                    "There is a subscription with this id, with another customer, plan or price.",
                    "Start this one under an id of its own, or change the plan of that one."),
            rule(
                    "subscription-cancelled",
                    "The subscription has been cancelled",
                    "A cancelled subscription stays cancelled.",
                    "Start a new subscription instead."));

    private RuleProblems() {}

    private static ProblemKind rule(String code, String title, String meaning, String remedy) {
        return new ProblemKind(code, STATUS, title, meaning, remedy);
    }

    static Problem of(Rejection rejection) {
        ProblemKind kind = KINDS.stream()
                .filter(each -> each.name().equals(rejection.code()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no problem for the rule " + rejection.code()));
        return Problem.of(kind, rejection.message());
    }
}
