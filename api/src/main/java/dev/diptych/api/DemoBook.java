package dev.diptych.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diptych.core.bus.Command;
import dev.diptych.core.bus.CommandBus;
import dev.diptych.core.bus.CommandResult;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.CancelOrder;
import dev.diptych.core.orders.write.PayOrder;
import dev.diptych.core.orders.write.PlaceOrder;
import dev.diptych.core.orders.write.ShipOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A real order book (see the NOTICE beside the data), sent through the command bus as its customers would have. Sending
 * it again changes nothing, since every command in it asks for what holds already.
 */
final class DemoBook {

    private static final String FILE = "demo/orders.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DemoBook() {}

    /** Sends every order, and says how many there are. */
    static int send(CommandBus commands) {
        List<Entry> book = read();
        for (Entry entry : book) {
            for (Command command : entry.commands()) {
                CommandResult result = commands.dispatch(command);
                if (!(result instanceof CommandResult.Accepted)) {
                    throw new IllegalStateException("The demo's " + command + " was not accepted: " + result);
                }
            }
        }
        return book.size();
    }

    private static List<Entry> read() {
        var stream = Objects.requireNonNull(DemoBook.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<Entry> book = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                book.add(JSON.readValue(line, Entry.class));
            }
            return book;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Entry(String orderId, String orderedOn, String customerId, String status, List<Line> items) {

        List<Command> commands() {
            Instant at = LocalDate.parse(orderedOn).atStartOfDay(ZoneOffset.UTC).toInstant();
            List<OrderItem> lines = items.stream().map(Line::item).toList();
            Money total = lines.stream().map(OrderItem::price).reduce(Money.ZERO, Money::plus);
            var place = new PlaceOrder(orderId, customerId, lines, at);
            var pay = new PayOrder(orderId, total, at);
            return switch (status) {
                case "Shipped", "Resolved", "Disputed" -> List.of(place, pay, new ShipOrder(orderId, at));
                case "In Process" -> List.of(place, pay);
                case "On Hold" -> List.of(place);
                case "Cancelled" -> List.of(place, new CancelOrder(orderId, "cancelled by the customer", at));
                default -> throw new IllegalStateException("Order " + orderId + " has the unknown status " + status);
            };
        }
    }

    record Line(String sku, int quantity, String unitPrice) {
        OrderItem item() {
            return new OrderItem(sku, quantity, Money.of(unitPrice));
        }
    }
}
