/** The products and customers that the desk offers, by the names of the demo book: the API itself knows them by id. */
let products = [];
let customers = [];

export async function load() {
  const answer = await fetch("/page/catalogue.json");
  ({ products, customers } = await answer.json());
}

export const allProducts = () => products;
export const allCustomers = () => customers;

export function productName(sku) {
  return products.find((product) => product.sku === sku)?.name ?? sku;
}

export function customerName(id) {
  return customers.find((customer) => customer.customer_id === id)?.name ?? `Customer ${id}`;
}

/** Offers all products, by the line that they belong to. */
export function productLines() {
  const lines = new Map();
  products.forEach((product) => lines.set(product.line, [...(lines.get(product.line) ?? []), product]));
  return [...lines];
}
