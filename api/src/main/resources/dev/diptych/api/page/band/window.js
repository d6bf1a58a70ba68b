/** So many positions are shown at least. */
export const LEAST = 60;

/** Up to so many positions, each event has a tick of its own. */
export const SINGLE = 120;

/** Where the head is after the tape has moved. */
const HEAD_AT = 0.7;

/**
 * Returns the positions that the tape shows, { first, span }. The tape lies still while the head moves along it, so
 * that a checkpoint that stands still is seen to stand; when the head reaches its end, the tape moves on. It holds the
 * lowest checkpoint, for which its scale doubles as often as necessary.
 *
 * @param before what it shows now; null at first
 * @param head the last position
 * @param low the lowest position that must be shown
 */
export function tapeWindow(before, head, low) {
  let span = LEAST;
  while ((head - low + 2) / HEAD_AT > span) {
    span *= 2;
  }
  const holds = before !== null && before.first <= Math.max(1, low) && head < before.first + before.span;
  if (holds && before.span <= 2 * span) {
    return before;
  }
  return { first: Math.max(1, Math.floor(head - span * HEAD_AT) + 1), span };
}
