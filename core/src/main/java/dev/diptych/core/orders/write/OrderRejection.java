package dev.diptych.core.orders.write;

import dev.diptych.core.bus.Rejection;
import dev.diptych.core.money.Money;

/** Every rule of an order that can stand in the way of a command. */
public sealed interface OrderRejection extends Rejection {

    /** An order lists each product once. */
    record SkuRepeated(String orderId, String sku) implements OrderRejection {
        @Override
        public String code() {
            return "order-sku-repeated";
        }

        @Override
        public String message() {
            return "Order " + orderId + " lists " + sku
                    + " more than once. List each sku once, with its whole quantity.";
        }
    }

    /** An order is placed once. */
    record PlacedDifferently(String orderId) implements OrderRejection {
        @Override
        public String code() {
            return "order-placed-differently";
        }

        @Override
        public String message() {
            return "Order " + orderId + " has been placed already, with another customer or other items. "
                    + "Place this one under an id of its own.";
        }
    }

    /** An order is paid with exactly its total. */
    record AmountNotTotal(String orderId, Money amount, Money total) implements OrderRejection {
        @Override
        public String code() {
            return "order-amount-not-total";
        }

        @Override
        public String message() {
            return "Order " + orderId + " costs " + total + ", not " + amount + ". Pay exactly " + total + ".";
        }
    }

    /** An order is paid once. */
    record PaidDifferently(String orderId, Money amount, Money paid) implements OrderRejection {
        @Override
        public String code() {
            return "order-paid-differently";
        }

        @Override
        public String message() {
            return "Order " + orderId + " has been paid already, with " + paid + ". A payment of " + amount
                    + " is not due: pay nothing more.";
        }
    }

    /** Only a paid order is shipped. */
    record NotPaid(String orderId, Money total) implements OrderRejection {
        @Override
        public String code() {
            return "order-not-paid";
        }

        @Override
        public String message() {
            return "Order " + orderId + " has not been paid, so it cannot be shipped. Pay " + total + " first.";
        }
    }

    /** What has been shipped cannot be called back. */
    record Shipped(String orderId) implements OrderRejection {
        @Override
        public String code() {
            return "order-shipped";
        }

        @Override
        public String message() {
            return "Order " + orderId + " has been shipped, so it cannot be cancelled. Ask the customer to return it.";
        }
    }

    /** A cancelled order stays cancelled. */
    record Cancelled(String orderId, String reason) implements OrderRejection {
        @Override
        public String code() {
            return "order-cancelled";
        }

        @Override
        public String message() {
            return "Order " + orderId + " has been cancelled (" + reason + "). Place a new order instead.";
        }
    }
}
