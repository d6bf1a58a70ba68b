/**
 * Returns the version in an entity tag such as "3.a7f3c15b20e9": { version, history }. In another history of the store,
 * the same number means other events. Of a rebuilt view, the tag ends with the generation of its rows, which is no
 * part of the version.
 */
export function versionIn(response) {
  const [, version, history] = /^"(\d+)\.([^.]+).*"$/.exec(response.headers.get("ETag") ?? "") ?? [];
  return version === undefined ? null : { version: Number(version), history };
}

/** Returns the header that makes a version the precondition of a command; none without a version. */
export function ifMatch(version) {
  return version === null ? {} : { "If-Match": tag(version) };
}

export function tag({ version, history }) {
  return `"${version}.${history}"`;
}
