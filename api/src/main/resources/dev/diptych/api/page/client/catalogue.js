import catalogue from "../catalogue.json" with { type: "json" };

/** The products and customers of the demo data, with their names; the API has only their ids. */
export const { products, customers } = catalogue;

export function productName(sku) {
  return products.find((product) => product.sku === sku)?.name ?? sku;
}

export function customerName(id) {
  return customers.find((customer) => customer.customer_id === id)?.name ?? `Customer ${id}`;
}

/** Returns all products by product line. */
export function productLines() {
  const lines = new Map();
  products.forEach((product) => lines.set(product.line, [...(lines.get(product.line) ?? []), product]));
  return [...lines];
}
