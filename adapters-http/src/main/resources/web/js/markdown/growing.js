import { parseBlocks } from './blocks.js';

/**
 * The blocks of a Markdown text that grows. Text that is added can change the last block, and, as long as its first
 * line is half written, the block before it; so only these two are ever read again.
 */
export class GrowingBlocks {
  #text = '';
  #partial = false;
  blocks = [];

  /** Reads the text as it is now; returns how many of the first blocks are as they were. */
  update(text, { partial = false } = {}) {
    if (text === this.#text && partial === this.#partial) return this.blocks.length;
    const kept = text.startsWith(this.#text) ? Math.max(0, this.blocks.length - 2) : 0;
    const from = kept === 0 ? 0 : this.blocks[kept].start;
    this.blocks.splice(kept, Infinity, ...parseBlocks(text, { from, partial }));
    this.#text = text;
    this.#partial = partial;
    return kept;
  }
}
