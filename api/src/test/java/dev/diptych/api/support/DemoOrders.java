package dev.diptych.api.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.launch.DemoData;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The orders in the file of demo data, and figures computed from them independently of the application. */
public record DemoOrders(List<JsonNode> orders) {

    public static final Map<String, String> STATUS = Map.of(
            "Shipped", "shipped",
            "Resolved", "shipped",
            "Disputed", "shipped",
            "In Process", "paid",
            "On Hold", "placed",
            "Cancelled", "cancelled");

    public static DemoOrders read() throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoData.class.getResourceAsStream("demo/orders.jsonl"))) {
            List<JsonNode> orders = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                orders.add(Http.JSON.readTree(line));
            }
            return new DemoOrders(orders);
        }
    }

    /** Returns every tenth customer, in the order of their first orders. */
    public List<String> subscribers() {
        List<String> customers =
                orders.stream().map(DemoOrders::customer).distinct().toList();
        List<String> subscribers = new ArrayList<>();
        for (int i = 9; i < customers.size(); i += 10) {
            subscribers.add(customers.get(i));
        }
        return subscribers;
    }

    /** Returns the expected rows of the list of active customers. */
    public List<Map<String, String>> activeCustomers() {
        Map<String, List<JsonNode>> byCustomer = new TreeMap<>();
        orders.forEach(order -> byCustomer
                .computeIfAbsent(customer(order), id -> new ArrayList<>())
                .add(order));
        List<Map<String, String>> rows = new ArrayList<>();
        byCustomer.forEach((customer, theirs) -> {
            long open = theirs.stream()
                    .filter(order -> List.of("placed", "paid").contains(status(order)))
                    .count();
            BigDecimal value = theirs.stream()
                    .filter(order -> !status(order).equals("cancelled"))
                    .map(DemoOrders::total)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            int running = subscribers().contains(customer) ? 1 : 0;
            if (open + running > 0) {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("customer_id", customer);
                row.put("open_orders", String.valueOf(open));
                row.put("running_subscriptions", String.valueOf(running));
                row.put("lifetime_value", value.setScale(2).toPlainString());
                rows.add(row);
            }
        });
        return rows;
    }

    /** Returns the expected rows of the list of sales. */
    public List<Map<String, String>> productSales() {
        Map<String, List<JsonNode>> bySku = new TreeMap<>();
        orders.stream()
                .filter(order -> !status(order).equals("cancelled"))
                .forEach(order -> order.get("items")
                        .forEach(item -> bySku.computeIfAbsent(item.get("sku").asText(), sku -> new ArrayList<>())
                                .add(item)));
        List<Map<String, String>> rows = new ArrayList<>();
        bySku.forEach((sku, items) -> {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("sku", sku);
            row.put("orders", String.valueOf(items.size()));
            row.put(
                    "units",
                    String.valueOf(items.stream()
                            .mapToInt(item -> item.get("quantity").asInt())
                            .sum()));
            row.put(
                    "revenue",
                    items.stream()
                            .map(DemoOrders::price)
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .setScale(2)
                            .toPlainString());
            rows.add(row);
        });
        rows.sort(Comparator.comparing(row -> new BigDecimal(row.get("revenue")), Comparator.reverseOrder()));
        return rows;
    }

    public static String customer(JsonNode order) {
        return order.get("customer_id").asText();
    }

    public static String status(JsonNode order) {
        return Objects.requireNonNull(STATUS.get(order.get("status").asText()));
    }

    public static BigDecimal total(JsonNode order) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode item : order.get("items")) {
            total = total.add(price(item));
        }
        return total;
    }

    private static BigDecimal price(JsonNode item) {
        return new BigDecimal(item.get("unit_price").asText())
                .multiply(BigDecimal.valueOf(item.get("quantity").asInt()));
    }
}
