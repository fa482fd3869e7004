import { parseBlocks, toDom } from './markdown.js';

/**
 * Shows a Markdown text that grows. Text that is added can change the last block, and, as long as its first line is
 * half written, the block before it; so only these two are ever read and built again.
 */
export class MarkdownView {
  #container;
  #options;
  #text = '';
  #partial = false;
  #parts = [];

  constructor(container, options) {
    this.#container = container;
    this.#options = options;
  }

  show(text, { partial = false } = {}) {
    if (text === this.#text && partial === this.#partial) return;
    const kept = text.startsWith(this.#text) ? Math.max(0, this.#parts.length - 2) : 0;
    const from = this.#parts[kept]?.block.start ?? 0;
    const blocks = parseBlocks(text, { from: kept === 0 ? 0 : from, partial });
    blocks.forEach((block, index) => this.#place(kept + index, block));
    for (const { node } of this.#parts.splice(kept + blocks.length)) node.remove();
    this.#text = text;
    this.#partial = partial;
  }

  #place(index, block) {
    const old = this.#parts[index];
    const key = JSON.stringify(block);
    if (old?.key === key) return;
    if (old && grows(old.block, block)) {
      old.node.querySelector('pre > code').textContent = block.text;
      this.#parts[index] = { block, key, node: old.node };
      return;
    }
    const [node] = toDom([block], this.#options);
    if (old) old.node.replaceWith(node);
    else this.#container.append(node);
    this.#parts[index] = { block, key, node };
  }
}

/** A code block that grows keeps its elements, so that its scroll position and its button stay as they are. */
function grows(old, block) {
  return old.type === 'code' && block.type === 'code' && old.language === block.language && old.start === block.start;
}
