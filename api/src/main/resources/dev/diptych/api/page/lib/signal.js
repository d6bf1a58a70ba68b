/** A value that tells those who follow it whenever it has changed. */
export function signal(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      followers.forEach((follower) => follower(value));
    },
    /** Follows it from now on; `at once` means with the value that it has already, too. */
    follow(follower, { atOnce = false } = {}) {
      followers.add(follower);
      if (atOnce) {
        follower(value);
      }
      return () => followers.delete(follower);
    },
  };
}
