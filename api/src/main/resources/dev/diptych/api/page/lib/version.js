/**
 * A version of a stream, as an entity tag has it: { version, history }, such as "3.a7f3c15b20e9" with its quotes. In another
 * history of the store, the same number counts other events.
 */
export function versionIn(answer) {
  const [, version, history] = /^"(\d+)\.(.+)"$/.exec(answer.headers.get("ETag") ?? "") ?? [];
  return version === undefined ? null : { version: Number(version), history };
}

/** The header by which a command is done at this version or not at all; none without a version. */
export function ifMatch(seen) {
  return seen === null ? {} : { "If-Match": tag(seen) };
}

export function tag({ version, history }) {
  return `"${version}.${history}"`;
}
