/**
 * Creates an element. Strings become text, never markup, so no input can become an element.
 *
 * el("button", { class: "command", onclick: pay, "aria-label": "Pay" }, "Pay")
 */
export function el(tag, properties = {}, ...children) {
  const element = update(document.createElement(tag), properties);
  element.append(...present(children));
  return element;
}

/** Creates an SVG element, as `el` does. */
export function svg(tag, properties = {}, ...children) {
  const element = update(document.createElementNS("http://www.w3.org/2000/svg", tag), properties);
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

const PROPERTIES = ["value", "checked", "disabled", "hidden", "open", "tabIndex"];

/** Sets attributes, properties, listeners and the `text` of an element. Writes only what differs. */
export function update(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "text") {
      setIfChanged(element, "textContent", String(value ?? ""));
    } else if (PROPERTIES.includes(name)) {
      setIfChanged(element, name, value);
    } else {
      setAttribute(element, name, value);
    }
  }
  return element;
}

/** An option without a value has its text as the value, also before it has a text. */
function setIfChanged(element, name, value) {
  if (value !== undefined && (element[name] !== value || element.localName === "option")) {
    element[name] = value;
  }
}

/** Without a value, there is no attribute. */
function setAttribute(element, name, value) {
  const text = value === undefined || value === null || value === false ? null : value === true ? "" : String(value);
  if (text === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== text) {
    element.setAttribute(name, text);
  }
}

/** Sets a custom CSS property; the content security policy allows no style attributes in markup. */
export function setProperty(element, name, value) {
  if (element.style.getPropertyValue(name) !== String(value)) {
    element.style.setProperty(name, value);
  }
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Announces a text to screen readers. */
export function announce(text) {
  byId("announcer").textContent = text;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
}
