package dev.diptych.api;

import dev.diptych.core.bus.Page;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.orders.read.ListOrderChanges;
import dev.diptych.core.orders.read.ListOrderSummaryChanges;
import dev.diptych.core.orders.read.ListOrders;
import dev.diptych.core.orders.read.OrderList;
import dev.diptych.core.orders.read.OrderListItem;
import dev.diptych.core.orders.read.OrderSummaries;
import dev.diptych.core.orders.read.OrderSummary;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.Checkpoints;
import java.util.List;
import java.util.Optional;

/** Planted: views that say of every answer that it is of one and the same history. */
final class BlindToHistories {

    private BlindToHistories() {}

    static Store.Read of(Store.Read read, String history) {
        return new Store.Read(
                new OneHistory(read.checkpoints()),
                new Summaries(read.orderSummaries(), history),
                new Orders(read.orderList(), history),
                query -> in(history, read.productSales().list(query)),
                id -> in(history, read.subscriptionSummaries().find(id)),
                query -> in(history, read.activeCustomers().list(query)));
    }

    private static <A> Answer<A> in(String history, Answer<A> answer) {
        return new Answer<>(answer.value(), new Place(history, answer.upTo().position()));
    }

    private record OneHistory(Checkpoints of) implements Checkpoints {
        @Override
        public HistoryStatus statusOf(String history) {
            return HistoryStatus.PRESENT;
        }

        @Override
        public Progress look() {
            return of.look();
        }
    }

    private record Summaries(OrderSummaries of, String history) implements OrderSummaries {
        @Override
        public Answer<Optional<OrderSummary>> find(String orderId) {
            return in(history, of.find(orderId));
        }

        @Override
        public Answer<List<OrderSummary>> changes(ListOrderSummaryChanges query) {
            return in(history, of.changes(query));
        }
    }

    private record Orders(OrderList of, String history) implements OrderList {
        @Override
        public Answer<Page<OrderListItem>> list(ListOrders query) {
            return in(history, of.list(query));
        }

        @Override
        public Answer<List<OrderListItem>> changes(ListOrderChanges query) {
            return in(history, of.changes(query));
        }
    }
}
