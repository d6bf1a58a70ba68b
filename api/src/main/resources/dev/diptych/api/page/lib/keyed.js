/**
 * Makes the children of an element follow a list: one child for each item, kept by its key. Children are added, moved
 * and removed one by one, so that the others keep the focus and what was typed.
 *
 * @param create returns { element, draw } for a key and its first item; `draw` shows an item
 * @param empty the child of an empty list; none if it is omitted
 * @returns a function that shows a list of [key, item]
 */
export function keyed(parent, create, empty = null) {
  const parts = new Map();
  return (entries) => {
    const keys = new Set(entries.map(([key]) => key));
    [...parts.keys()].filter((key) => !keys.has(key)).forEach((key) => remove(parts, key));
    empty?.remove();
    let next = parent.firstElementChild;
    for (const [key, item] of entries) {
      if (!parts.has(key)) {
        parts.set(key, create(key, item));
      }
      const { element, draw } = parts.get(key);
      draw(item);
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        parent.insertBefore(element, next);
      }
    }
    if (empty && entries.length === 0) {
      parent.append(empty);
    }
  };
}

function remove(parts, key) {
  parts.get(key).element.remove();
  parts.delete(key);
}
