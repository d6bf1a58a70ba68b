/** A value that notifies its followers of each change. */
export function signal(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      followers.forEach((follower) => follower(value));
    },
    /** Adds a follower; with `immediately`, also notifies it of the current value. */
    follow(follower, { immediately = false } = {}) {
      followers.add(follower);
      if (immediately) {
        follower(value);
      }
      return () => followers.delete(follower);
    },
  };
}
