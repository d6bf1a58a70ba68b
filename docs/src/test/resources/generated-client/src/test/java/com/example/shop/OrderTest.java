package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.shop.client.ApiClient;
import com.example.shop.client.ApiException;
import com.example.shop.client.ApiResponse;
import com.example.shop.client.OrdersApi;
import com.example.shop.client.model.AmountGiven;
import com.example.shop.client.model.NewOrderItem;
import com.example.shop.client.model.Order;
import com.example.shop.client.model.OrderAccepted;
import com.example.shop.client.model.OrderStatus;
import com.example.shop.client.model.PayOrder;
import com.example.shop.client.model.PlaceOrder;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order goes its whole way through nothing but the generated client. */
class OrderTest {

    /** A body that says nothing; without one, the client sends a JSON null, which is no object. */
    private static final Map<String, Object> NOTHING = Map.of();

    private final OrdersApi orders = new OrdersApi(client());

    private static ApiClient client() {
        var client = new ApiClient();
        client.updateBaseUri(System.getProperty("shop.api"));
        return client;
    }

    private static String tag(ApiResponse<OrderAccepted> answer) {
        return answer.getHeaders().get("etag").getFirst();
    }

    @Test
    void an_order_is_placed_paid_shipped_and_read() throws Exception {
        var order = new PlaceOrder()
                .customerId("c-1")
                .addItemsItem(
                        new NewOrderItem().sku("lamp").quantity(2).unitPrice(new AmountGiven("7.50")))
                .addItemsItem(new NewOrderItem()
                        .sku("mug")
                        .quantity(1)
                        .unitPrice(new AmountGiven(new BigDecimal("4.20"))));
        ApiResponse<OrderAccepted> placed = orders.placeOrderWithHttpInfo(order, null, "place-1", null, "*");
        String id = placed.getData().getOrderId();
        assertThat(orders.placeOrder(order, null, "place-1", null, "*").getOrderId()).isEqualTo(id);

        ApiException early = catchThrowableOfType(
                ApiException.class, () -> orders.shipOrder(id, null, null, null, null, NOTHING));
        assertThat(early.getCode()).isEqualTo(409);
        assertThat(early.getResponseBody()).contains("/problems/order-not-paid");

        var payment = new PayOrder().amount(new AmountGiven("19.20"));
        ApiResponse<OrderAccepted> paid = orders.payOrderWithHttpInfo(id, payment, tag(placed), "pay-1", "visit-7", null);
        ApiResponse<OrderAccepted> shipped =
                orders.shipOrderWithHttpInfo(id, tag(paid), "ship-1", "visit-7", null, NOTHING);
        assertThat(shipped.getStatusCode()).isEqualTo(202);

        String token = shipped.getHeaders().get("consistency-token").getFirst();
        Order read = orders.getOrder(id, null, token, null, "wait=30", null, null);
        assertThat(read.getStatus()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(read.getTotal()).isEqualTo("19.20");
        assertThat(read.getItems()).hasSize(2);
        assertThat(read.getVersion()).isEqualTo(3);
        assertThat(read.getPlacedAt()).isBeforeOrEqualTo(read.getUpdatedAt());

        assertThat(orders.listOrders("c-1", OrderStatus.SHIPPED, null, 10, null, token, "wait=30", null, null)
                        .getItems())
                .extracting(item -> item.getOrderId())
                .containsExactly(id);
    }
}
