package dev.diptych.docs.limits;

import static dev.diptych.core.eventstore.Text.requireId;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.command.Rejection;
import dev.diptych.core.command.Rule;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The stock of one product, from which orders reserve: a stream of its own, in which the rule can be checked. */
final class Stock extends Aggregate<Stock.State, Stock.StockEvent> {

    static final String CATEGORY = "stock";

    Stock(String sku) {
        super(sku, StockEvent.class, new State(0, Map.of()), Stock::evolve);
    }

    sealed interface StockEvent {

        record Received(String sku, int quantity, Instant receivedAt) implements StockEvent {}

        record Reserved(String sku, String orderId, int quantity, Instant reservedAt) implements StockEvent {}

        record Released(String sku, String orderId, Instant releasedAt) implements StockEvent {}
    }

    record State(int free, Map<String, Integer> reserved) {

        State with(String orderId, int quantity) {
            var all = new HashMap<>(reserved);
            all.put(orderId, quantity);
            return new State(free - quantity, Map.copyOf(all));
        }

        State without(String orderId) {
            var others = new HashMap<>(reserved);
            return new State(free + others.remove(orderId), Map.copyOf(others));
        }
    }

    static State evolve(State state, StockEvent event) {
        return switch (event) {
            case StockEvent.Received e -> new State(state.free() + e.quantity(), state.reserved());
            case StockEvent.Reserved e -> state.with(e.orderId(), e.quantity());
            case StockEvent.Released e -> state.without(e.orderId());
        };
    }

    void reserve(String orderId, int quantity, Instant at) {
        Integer before = state().reserved().get(orderId);
        if (before == null && quantity > state().free()) {
            reject(new SoldOut(id(), state().free(), quantity));
        } else if (before == null) {
            raise(new StockEvent.Reserved(id(), orderId, quantity, at));
        } else if (before != quantity) {
            reject(new ReservedDifferently(id(), orderId, before));
        }
    }

    void release(String orderId, Instant at) {
        if (state().reserved().containsKey(orderId)) {
            raise(new StockEvent.Released(id(), orderId, at));
        }
    }

    void receive(int quantity, Instant at) {
        raise(new StockEvent.Received(id(), quantity, at));
    }

    @Rule(
            code = "stock-sold-out",
            title = "Only what is in stock can be reserved",
            meaning = "There is less in stock than the order needs.",
            remedy = "Order less, or wait for new stock.")
    record SoldOut(String sku, int free, int quantity) implements Rejection {
        @Override
        public String message() {
            return "There are " + free + " of " + sku + ", so " + quantity + " cannot be reserved. Order less.";
        }
    }

    @Rule(
            code = "stock-reserved-differently",
            title = "The order has reserved another quantity",
            meaning = "The order has a reservation already, with another quantity.",
            remedy = "Release it first.")
    record ReservedDifferently(String sku, String orderId, int reserved) implements Rejection {
        @Override
        public String message() {
            return "Order " + orderId + " has reserved " + reserved + " of " + sku + ". Release them first.";
        }
    }

    sealed interface StockCommand extends Command {

        String sku();

        record ReceiveStock(String sku, int quantity, Instant at) implements StockCommand {}

        record ReserveStock(String sku, String orderId, int quantity, Instant at) implements StockCommand {
            public ReserveStock {
                requireId("sku", sku);
                requireId("order id", orderId);
            }
        }

        record ReleaseStock(String sku, String orderId, Instant at) implements StockCommand {}
    }

    static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var stocks = new Repository<>(CATEGORY, Stock::new, store, codec);
        bus.register(
                StockCommand.class,
                (command, context) -> stocks.update(command.sku(), context, stock -> decide(stock, command)));
    }

    private static void decide(Stock stock, StockCommand command) {
        switch (command) {
            case StockCommand.ReceiveStock c -> stock.receive(c.quantity(), c.at());
            case StockCommand.ReserveStock c -> stock.reserve(c.orderId(), c.quantity(), c.at());
            case StockCommand.ReleaseStock c -> stock.release(c.orderId(), c.at());
        }
    }
}
