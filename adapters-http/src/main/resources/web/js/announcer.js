/** Longest text that is read out at once, in characters; the whole answer can be read in the log. */
const MAX_SPOKEN = 1_500;

/** Tells people who listen to the page what happens: states and the finished answer, never single words of it. */
export class Announcer {
  #region;

  constructor(region) {
    this.#region = region;
  }

  say(text) {
    const words = text.replace(/\s+/g, ' ').trim();
    this.#region.textContent = words.length > MAX_SPOKEN ? `${words.slice(0, MAX_SPOKEN)}…` : words;
  }
}
