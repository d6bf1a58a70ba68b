package dev.diptych.core.orders.write;

import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;
import dev.diptych.core.money.Money;

/** The rejections of order commands, one for each rule. */
public sealed interface OrderRejection extends Rejection {

    /** An order lists each product once. */
    @Rule(
            code = "order-sku-repeated",
            title = "An order lists each product once",
            meaning = "A sku is in more than one line of the order.",
            remedy = "List each sku once, with the total quantity.")
    record SkuRepeated(String orderId, String sku) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " lists " + sku
                    + " more than once. List each sku once, with the total quantity.";
        }
    }

    /** An order is placed once. */
    @Rule(
            code = "order-placed-differently",
            title = "The order has been placed differently",
            meaning = "An order with this id exists, with another customer or other items.",
            remedy = "Use another id for this order.")
    record PlacedDifferently(String orderId) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has been placed already, with another customer or other items. "
                    + "Use another id for this order.";
        }
    }

    /** An order is paid with exactly its total. */
    @Rule(
            code = "order-amount-not-total",
            title = "An order must be paid in full",
            meaning = "The amount is not the total of the order.",
            remedy = "Pay exactly the total, which the detail names.")
    record AmountNotTotal(String orderId, Money amount, Money total) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " costs " + total + ", not " + amount + ". Pay exactly " + total + ".";
        }
    }

    /** An order is paid once. */
    @Rule(
            code = "order-paid-differently",
            title = "The order has been paid differently",
            meaning = "The order has been paid already, with another amount.",
            remedy = "Pay nothing more.")
    record PaidDifferently(String orderId, Money amount, Money paid) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has been paid already, with " + paid + ". A payment of " + amount
                    + " is not due: pay nothing more.";
        }
    }

    /** Only a paid order can be shipped. */
    @Rule(
            code = "order-not-paid",
            title = "Only a paid order can be shipped",
            meaning = "The order has not been paid.",
            remedy = "Pay it first.")
    record NotPaid(String orderId, Money total) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has not been paid, so it cannot be shipped. Pay " + total + " first.";
        }
    }

    /** A shipped order cannot be cancelled. */
    @Rule(
            code = "order-shipped",
            title = "A shipped order cannot be cancelled",
            meaning = "The order has been shipped.",
            remedy = "Ask the customer to return it.")
    record Shipped(String orderId) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has been shipped, so it cannot be cancelled. Ask the customer to return it.";
        }
    }

    /** An order is cancelled for want of payment only while it is unpaid. */
    @Rule(
            code = "order-paid",
            title = "The order has been paid",
            meaning = "A paid order is not cancelled as unpaid.",
            remedy = "Cancel the order with another reason, if it has not been shipped.")
    record Paid(String orderId) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has been paid, so it is not cancelled as unpaid. Cancel it with another"
                    + " reason, if it has not been shipped.";
        }
    }

    /** A cancelled order stays cancelled. */
    @Rule(
            code = "order-cancelled",
            title = "The order has been cancelled",
            meaning = "A cancelled order stays cancelled.",
            remedy = "Place a new order instead.")
    record Cancelled(String orderId, String reason) implements OrderRejection {
        @Override
        public String message() {
            return "Order " + orderId + " has been cancelled (" + reason + "). Place a new order instead.";
        }
    }
}
