import { money } from "../lib/format.js";
import { productName } from "./catalogue.js";
import { table } from "./table.js";

/** The view of sales by product. */
export function showProducts(element) {
  return table(element, {
    path: "/products/sales",
    caption: "Products by revenue",
    columns: ["Product", "Orders", "Units", "Revenue"],
    row: (product) => [productName(product.sku), product.orders, product.units, money(product.revenue)],
  });
}
