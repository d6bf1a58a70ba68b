import { money } from "../lib/format.js";
import { customerName } from "./catalogue.js";
import { table } from "./table.js";

/** The view of active customers, from the events of orders and subscriptions. */
export function showCustomers(element) {
  return table(element, {
    path: "/customers/active",
    caption: "Customers with an open order or a running subscription",
    columns: ["Customer", "Open orders", "Subscriptions", "Lifetime value"],
    row: (customer) => [
      customerName(customer.customer_id),
      customer.open_orders,
      customer.running_subscriptions,
      money(customer.lifetime_value),
    ],
  });
}
