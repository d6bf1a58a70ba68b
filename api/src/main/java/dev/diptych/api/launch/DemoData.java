package dev.diptych.api.launch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.CancelOrder;
import dev.diptych.core.orders.write.OrderCommand.PayOrder;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.orders.write.OrderCommand.ShipOrder;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.StartSubscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Demo data: orders of a sample database (see the NOTICE next to the data), sent as commands. Because the data has no
 * subscriptions, every tenth customer, in the order of their first orders, also starts one on the day of the first
 * order. Sending the data again changes nothing, because every command is idempotent.
 */
public final class DemoData {

    private static final String FILE = "demo/orders.jsonl";
    private static final int CUSTOMERS_PER_SUBSCRIPTION = 10;
    private static final String PLAN = "Catalogue";
    private static final Money MONTHLY_PRICE = Money.of("19.90");

    private static final CommandContext CONTEXT =
            CommandContext.NONE.withMetadata(ObservedCommandBus.CORRELATION_ID, "demo-data");

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DemoData() {}

    /** The amount of demo data. */
    public record Size(int orders, int subscriptions) {
        String inWords() {
            return orders + " orders and " + subscriptions + " subscriptions";
        }
    }

    /**
     * Sends all commands and returns the amount of data.
     *
     * @throws IllegalStateException when a command is not accepted
     */
    public static Size send(CommandBus commands) {
        List<Entry> entries = read();
        List<StartSubscription> subscriptions = subscriptions(entries);
        entries.forEach(entry -> entry.commands().forEach(command -> send(commands, command)));
        subscriptions.forEach(command -> send(commands, command));
        return new Size(entries.size(), subscriptions.size());
    }

    private static void send(CommandBus commands, Command command) {
        CommandResult result = commands.dispatch(command, CONTEXT);
        if (!(result instanceof CommandResult.Accepted)) {
            throw new IllegalStateException("The demo command " + command + " was not accepted: " + result);
        }
    }

    private static List<StartSubscription> subscriptions(List<Entry> entries) {
        Map<String, Instant> firstOrders = new LinkedHashMap<>();
        entries.forEach(entry -> firstOrders.putIfAbsent(entry.customerId(), entry.at()));
        List<StartSubscription> subscriptions = new ArrayList<>();
        int customers = 0;
        for (Map.Entry<String, Instant> first : firstOrders.entrySet()) {
            customers++;
            if (customers % CUSTOMERS_PER_SUBSCRIPTION == 0) {
                String customerId = first.getKey();
                subscriptions.add(
                        new StartSubscription("sub-" + customerId, customerId, PLAN, MONTHLY_PRICE, first.getValue()));
            }
        }
        return subscriptions;
    }

    private static List<Entry> read() {
        var stream = Objects.requireNonNull(DemoData.class.getResourceAsStream(FILE), FILE);
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<Entry> entries = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.add(JSON.readValue(line, Entry.class));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Entry(String orderId, String orderedOn, String customerId, String status, List<Line> items) {

        Instant at() {
            return LocalDate.parse(orderedOn).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        List<Command> commands() {
            Instant at = at();
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
