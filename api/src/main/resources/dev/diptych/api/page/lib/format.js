/** Converts an amount to hundredths, which are exact. */
export function cents(amount) {
  const [whole, fraction = ""] = amount.split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
}

/** Converts hundredths to an amount in the API's format, such as 15.00. */
export function amount(hundredths) {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** Formats an amount, such as 1,234.50. */
export function money(text) {
  const [whole, fraction] = text.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

/** Formats a time: the date, and the time of day unless it is midnight. */
export function time(instant) {
  return instant.slice(0, 19).replace("T", " ").replace(" 00:00:00", "");
}

/** The time of day, with milliseconds. */
export function clock(instant) {
  return instant.slice(11, 23).padEnd(8, " ").replace("Z", "");
}

/** Formats a duration. */
export function duration(milliseconds) {
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}

/** Shortens a long id. */
export function short(id) {
  return id.length > 14 ? `${id.slice(0, 8)}…` : id;
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Returns a random id. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
