/** The names of the products and customers in the demo data; the API has only their ids. */
let products = [];
let customers = [];

export async function load() {
  const response = await fetch("/page/catalogue.json");
  ({ products, customers } = await response.json());
}

export const allProducts = () => products;
export const allCustomers = () => customers;

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
