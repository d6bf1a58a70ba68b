import { money } from "../lib/format.js";
import { productName } from "./catalogue.js";
import { table } from "./table.js";

/** What sells best: one row for each product, made of the events of many orders. */
export function showProducts(element) {
  return table(element, {
    path: "/products/sales",
    caption: "Products by revenue",
    columns: ["Product", "Orders", "Units", "Revenue"],
    row: (product) => [productName(product.sku), product.orders, product.units, money(product.revenue)],
  });
}
