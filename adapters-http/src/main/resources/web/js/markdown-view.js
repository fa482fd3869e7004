import { toDom } from './markdown/dom.js';
import { GrowingBlocks } from './markdown/growing.js';

/** Shows a Markdown text that grows, and builds again only the nodes of blocks that differ. */
export class MarkdownView {
  #container;
  #options;
  #source = new GrowingBlocks();
  #parts = [];

  constructor(container, options) {
    this.#container = container;
    this.#options = options;
  }

  show(text, { partial = false } = {}) {
    const kept = this.#source.update(text, { partial });
    const { blocks } = this.#source;
    for (let index = kept; index < blocks.length; index += 1) this.#place(index, blocks[index]);
    for (const { node } of this.#parts.splice(blocks.length)) node.remove();
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
