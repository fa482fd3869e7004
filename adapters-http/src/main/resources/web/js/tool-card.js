import { el } from './dom.js';
import { icon } from './icons.js';

/** Longest part of a tool's output that is shown, in characters. */
const MAX_SHOWN = 20_000;

/** A call of a tool by the agent, folded to one line. */
export class ToolCard {
  #state = el('span', { class: 'card-state' });
  #body = el('div', { class: 'card-body' });
  #shown = null;

  constructor() {
    this.name = el('code', { class: 'card-name' });
    this.root = el('details', { class: 'card' },
      el('summary', {}, icon('tool'), this.name, this.#state), this.#body);
  }

  update(call, live) {
    const key = JSON.stringify([call, live]);
    if (key === this.#shown) return;
    this.#shown = key;
    const state = stateOf(call, live);
    this.name.textContent = call.name;
    this.root.dataset.state = state.key;
    this.#state.textContent = state.word;
    this.#body.replaceChildren(
      ...part('Asked with', call.arguments),
      ...(call.output === undefined ? [] : part(call.ok === false ? 'It failed with' : 'It answered', call.output)));
  }
}

function stateOf({ ok }, live) {
  if (ok === true) return { key: 'done', word: 'Done' };
  if (ok === false) return { key: 'failed', word: 'Failed' };
  return live ? { key: 'running', word: 'Running…' } : { key: 'unfinished', word: 'Not finished' };
}

function part(title, value) {
  const text = inWords(value);
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}\n…` : text;
  return [el('h4', { text: title }), el('pre', { tabindex: '0', role: 'region', 'aria-label': title, text: shown })];
}

function inWords(value) {
  const content = typeof value === 'string' ? parsed(value) : value;
  if (content === null || content === undefined) return 'nothing';
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : text;
  } catch {
    return text;
  }
}
