const TRIES = 3;
/** In milliseconds. */
const PAUSE = 1_000;

/** Does what may fail for a moment, up to three times and while it is `wanted()`; tells whether it came to pass. */
export async function persist(act, wanted) {
  for (let tries = 0; tries < TRIES && wanted(); tries += 1) {
    try {
      await act();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  return false;
}
