import { byId, el } from '../dom.js';
import { icon } from '../icons.js';
import { KeyedList } from './keyed-list.js';
import { WorkRow } from './work-row.js';
import { factsOf } from './words.js';

/** Most rows near the message box; the panel shows all. */
const MAX_ROWS = 3;

/** What is under way, near the message box, and the document that has just become ready, with a question about it. */
export class WorkCards {
  #root = byId('work');
  #list;
  #more = byId('work-more');
  #ready = byId('ready');
  #shown = null;

  /** Handlers: ask(question), dismissReady(), openPanel(), restingPlace(). */
  constructor(handlers) {
    const { ask, dismissReady, openPanel, restingPlace } = handlers;
    this.#list = new KeyedList(byId('work-list'), { make: () => new WorkRow(), fallback: restingPlace });
    this.#more.addEventListener('click', openPanel);
    this.#ready.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (!button) return;
      if (button.dataset.do === 'ask') ask(questionAbout(this.#shown));
      else restingPlace().focus({ preventScroll: true });
      dismissReady();
    });
  }

  draw(rows, ready, panelIsOpen) {
    const told = panelIsOpen ? [] : rows.filter(({ phase, seen }) => phase !== 'failed' || seen)
      .toSorted((a, b) => Number(a.over) - Number(b.over));
    this.#list.show(told.slice(0, MAX_ROWS), ({ key }) => key);
    const left = told.length - MAX_ROWS;
    this.#more.hidden = left <= 0;
    this.#more.textContent = `and ${left} more`;
    this.#showReady(ready);
    this.#root.hidden = told.length === 0 && ready === null;
  }

  #showReady(document) {
    if (document === this.#shown) return;
    this.#shown = document;
    this.#ready.hidden = document === null;
    this.#ready.replaceChildren(...(document ? readyCard(document) : []));
  }
}

function questionAbout({ name }) {
  return `What is ${name} about?`;
}

function readyCard(document) {
  const { name } = document;
  return [
    el('span', { class: 'work-icon' }, icon('check')),
    el('div', { class: 'work-body' },
      el('p', { class: 'work-head' }, el('span', { class: 'work-name', text: name, title: name }), ' ',
        el('span', { class: 'work-words', text: factsOf(document).slice(2).join(' · ') })),
      el('button', { type: 'button', class: 'suggestion', 'data-do': 'ask', text: questionAbout(document) })),
    el('button', {
      type: 'button', class: 'icon-button', 'data-do': 'dismiss', 'aria-label': `Dismiss the suggestion about ${name}`,
      title: 'Dismiss',
    }, icon('cross')),
  ];
}
