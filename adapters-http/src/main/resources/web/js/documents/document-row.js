import { showFailure } from '../confirm.js';
import { el } from '../dom.js';
import { icon } from '../icons.js';
import { factsOf } from './words.js';

/** One document that is kept. It is deleted by `remove(document)` after a confirmation in its own row. */
export class DocumentRow {
  #remove;
  #name = el('p', { class: 'doc-name' });
  #facts = el('p', { class: 'doc-facts' });
  #ask = el('button', { type: 'button', class: 'icon-button' }, icon('trash'));
  #keep = el('button', { type: 'button', class: 'button', text: 'Keep' });
  #delete = el('button', { type: 'button', class: 'button danger', text: 'Delete' });
  #confirm = el('div', { class: 'doc-confirm', role: 'group', hidden: '' });
  #failure = el('div', { class: 'doc-failure', role: 'alert', hidden: '' });
  #deleting = false;

  constructor(remove) {
    this.#remove = remove;
    this.#confirm.append(el('p', { text: 'Delete it? Answers will no longer quote it.' }), this.#failure,
      el('div', { class: 'doc-choices' }, this.#keep, this.#delete));
    this.root = el('li', { class: 'doc-row' }, el('span', { class: 'work-icon' }, icon('file')),
      el('div', { class: 'doc-body' }, this.#name, this.#facts), this.#ask, this.#confirm);
    this.#ask.addEventListener('click', () => this.#open(this.#confirm.hidden));
    this.#keep.addEventListener('click', () => this.#open(false));
    this.#delete.addEventListener('click', () => this.#act());
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#confirm.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.#open(false);
    });
  }

  update(document) {
    this.document = document;
    const { id, name, scope } = document;
    const shared = scope === 'shared';
    this.root.dataset.id = id;
    this.#name.textContent = name;
    this.#facts.replaceChildren(factsOf(document).join(' · '),
      ...(shared ? [' ', el('span', { class: 'badge', text: 'Shared', title: 'For everybody here' })] : []));
    this.#ask.hidden = shared;
    this.#ask.setAttribute('aria-label', `Delete ${name}`);
    this.#ask.title = 'Delete';
    this.#ask.setAttribute('aria-expanded', String(!this.#confirm.hidden));
    this.#confirm.setAttribute('aria-label', `Delete ${name}?`);
    this.#delete.setAttribute('aria-label', `Delete ${name} for good`);
    this.#keep.setAttribute('aria-label', `Keep ${name}`);
  }

  #open(open) {
    this.#confirm.hidden = !open;
    this.#failure.hidden = true;
    this.#ask.setAttribute('aria-expanded', String(open));
    (open ? this.#keep : this.#ask).focus();
    if (open) this.#confirm.scrollIntoView({ block: 'nearest' });
  }

  async #act() {
    if (this.#deleting) return;
    this.#deleting = true;
    this.root.setAttribute('aria-busy', 'true');
    try {
      await this.#remove(this.document);
    } catch (failure) {
      showFailure(this.#failure, failure);
    } finally {
      this.#deleting = false;
      this.root.removeAttribute('aria-busy');
    }
  }
}
