/**
 * Creates an element. Strings become text, never markup, so no input can become an element.
 *
 * el("button", { class: "command", onclick: pay, "aria-label": "Pay" }, "Pay")
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    set(element, name, value);
  }
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Sets a custom CSS property; the content security policy allows no style attributes in markup. */
export function setProperty(element, name, value) {
  element.style.setProperty(name, value);
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Announces a text to screen readers. */
export function announce(text) {
  byId("announcer").textContent = text;
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (name.startsWith("on")) {
    element.addEventListener(name.slice(2), value);
  } else if (name === "class") {
    element.className = value;
  } else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
}
