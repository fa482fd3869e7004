/** Markdown, read safely: source to tree (parseBlocks, parseInlines), tree to DOM (toDom). */
export { parseBlocks } from './markdown/blocks.js';
export { parseInlines } from './markdown/inline.js';
export { plainText, toDom } from './markdown/dom.js';
