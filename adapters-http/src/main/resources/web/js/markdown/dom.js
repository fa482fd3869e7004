import { el } from '../dom.js';
import { icon } from '../icons.js';

/**
 * The DOM of a block tree, built node by node: no text ever becomes markup.
 * Options: `link(href)` gives {href, external} or null for an address that must not be followed;
 * `cite(index)` gives the node of a citation's marker, or null to show it as text;
 * `identify(heading text)` gives the id of a heading, or null.
 */
export function toDom(blocks, options) {
  return blocks.map((block) => blockToDom(block, options));
}

function blockToDom(block, options) {
  const node = BLOCKS[block.type](block, options);
  return placed(node, block);
}

function placed(node, { start, end }) {
  if (start !== undefined) {
    node.dataset.start = start;
    node.dataset.end = end;
  }
  return node;
}

const BLOCKS = {
  heading(block, options) {
    const children = inlinesToDom(block.inlines, options);
    const id = options.identify?.(plainText(block.inlines)) ?? null;
    return el(`h${Math.min(6, block.level + (options.headingShift ?? 0))}`, { id }, children);
  },
  paragraph: (block, options) => el('p', {}, inlinesToDom(block.inlines, options)),
  code: codeBlock,
  quote: (block, options) => el('blockquote', {}, toDom(block.blocks, options)),
  rule: () => el('hr'),
  list: listToDom,
  table: tableToDom,
};

function codeBlock(block) {
  const code = el('code', { text: block.text });
  const copy = el('button', { class: 'quiet-button', type: 'button', 'data-copy': 'code' },
    icon('copy'), el('span', { text: 'Copy' }));
  const name = block.language || 'text';
  return el('div', { class: 'code' },
    el('div', { class: 'code-head' }, el('span', { class: 'code-language', text: name }), copy),
    el('pre', { tabindex: '0', role: 'region', 'aria-label': `Code, ${name}` }, code));
}

function listToDom(block, options) {
  const items = block.items.map((item) => itemToDom(item, block.tight, options));
  const start = block.ordered && block.first !== 1 ? String(block.first) : null;
  return el(block.ordered ? 'ol' : 'ul', { start, class: block.tight ? 'tight' : null }, items);
}

function itemToDom(item, tight, options) {
  const children = item.blocks.flatMap((block) =>
    (tight && block.type === 'paragraph' ? inlinesToDom(block.inlines, options) : [blockToDom(block, options)]));
  if (item.done === undefined) return placed(el('li', {}, children), item);
  const box = el('input', { type: 'checkbox', disabled: '', 'aria-label': item.done ? 'Done' : 'Not done' });
  box.checked = item.done;
  return placed(el('li', { class: 'task' }, box, children), item);
}

function tableToDom(block, options) {
  const cell = (tag, scope) => ({ inlines }, index) => {
    const side = block.align[index];
    const style = side === 'right' || side === 'center' ? `align-${side}` : null;
    return el(tag, { scope, class: style }, inlinesToDom(inlines, options));
  };
  const head = el('thead', {}, el('tr', {}, block.head.map(cell('th', 'col'))));
  const rows = block.rows.map((row) => placed(el('tr', {}, row.cells.map(cell('td', null))), row));
  return el('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    el('table', {}, head, rows.length > 0 ? el('tbody', {}, rows) : null));
}

function inlinesToDom(inlines, options) {
  return inlines.map((node) => INLINES[node.type](node, options));
}

const INLINES = {
  text: (node) => document.createTextNode(node.text),
  code: (node) => el('code', { text: node.text }),
  break: () => el('br'),
  strong: (node, options) => el('strong', {}, inlinesToDom(node.children, options)),
  emphasis: (node, options) => el('em', {}, inlinesToDom(node.children, options)),
  strike: (node, options) => el('del', {}, inlinesToDom(node.children, options)),
  cite: (node, options) => options.cite?.(node.index) ?? document.createTextNode(`[${node.index}]`),
  link: linkToDom,
};

function linkToDom(node, options) {
  const target = node.href === null || options.inLink ? null : options.link(node.href);
  const children = inlinesToDom(node.children, target ? { ...options, inLink: true } : options);
  if (node.image && children.length === 0) children.push(document.createTextNode('image'));
  if (!target) return el('span', {}, children);
  const outward = target.external ? { target: '_blank' } : {};
  return el('a', { href: target.href, title: node.title, rel: 'noopener noreferrer nofollow', ...outward }, children);
}

/** The words of an inline tree without their markup. */
export function plainText(inlines) {
  return inlines.map((node) => node.text ?? (node.children ? plainText(node.children) : ' ')).join('');
}
