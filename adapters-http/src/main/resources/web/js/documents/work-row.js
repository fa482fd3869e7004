import { el } from '../dom.js';
import { icon } from '../icons.js';
import { problemDetails } from '../problem-details.js';

const ICONS = {
  upload: 'upload', ingest: 'file', duplicate: 'check', note: 'alert', refused: 'alert', failed: 'alert',
};

/** One file on its way in: how far it is, what can be done about it, or why it was not added. */
export class WorkRow {
  #phase = null;
  #name = el('span', { class: 'work-name' });
  #words = el('span', { class: 'work-words' });
  #icon = el('span', { class: 'work-icon' });
  #bar = null;
  #problem = el('p', { class: 'work-problem', hidden: '' });
  #details = el('div');
  #detailed = null;
  #again = el('button', { type: 'button', class: 'quiet-button again', 'data-do': 'again', hidden: '' },
    icon('again'), el('span', { text: 'Try again' }));
  #leave = el('button', { type: 'button', class: 'icon-button', 'data-do': 'leave' }, icon('cross'));

  constructor() {
    this.root = el('li', { class: 'work-row' }, this.#icon,
      el('div', { class: 'work-body' },
        el('p', { class: 'work-head' }, this.#name, ' ', this.#words), this.#problem, this.#details, this.#again),
      this.#leave);
  }

  update(row) {
    this.row = row;
    const { name, phase, words, value, problem, over } = row;
    this.root.dataset.key = row.key;
    this.#name.textContent = name ?? '';
    this.#name.title = name ?? '';
    this.#words.textContent = words;
    if (phase !== this.#phase) this.#enter(row);
    this.#move(value);
    this.#problem.hidden = !problem;
    this.#problem.textContent = problem ? `${problem.title}.${problem.detail ? ` ${problem.detail}` : ''}` : '';
    this.#detail(problem?.problem ?? null);
    this.#again.hidden = !problem?.again;
    this.#again.setAttribute('aria-label', `Try again: ${name}`);
    const label = `${over ? 'Dismiss' : 'Cancel'}${name ? ` ${name}` : ''}`;
    this.#leave.setAttribute('aria-label', label);
    this.#leave.title = over ? 'Dismiss' : 'Cancel';
  }

  /** Each phase has a bar of its own, so that one that is full does not run backwards. */
  #enter({ phase, name, problem, over }) {
    this.#phase = phase;
    this.root.dataset.tone = problem ? 'bad' : 'calm';
    this.root.dataset.phase = phase;
    this.#icon.replaceChildren(icon(ICONS[phase]));
    this.#bar?.remove();
    this.#bar = over ? null : el('progress', {
      max: '1', 'aria-label': `${name}: ${phase === 'upload' ? 'upload' : 'ingestion'}`,
    });
    if (this.#bar) this.root.querySelector('.work-head').after(this.#bar);
  }

  /** Rows are drawn often, and what was unfolded stays so. */
  #detail(problem) {
    const key = problem && `${problem.code} ${problem.requestId}`;
    if (key === this.#detailed) return;
    this.#detailed = key;
    this.#details.replaceChildren(problem && problemDetails(problem) || '');
  }

  #move(value) {
    if (!this.#bar) return;
    if (value === null) this.#bar.removeAttribute('value');
    else this.#bar.value = value;
  }
}
