import { byId } from '../dom.js';
import { problemDetails } from '../problem-details.js';
import { SidePanel } from '../side-panel.js';
import { DocumentRow } from './document-row.js';
import { KeyedList } from './keyed-list.js';
import { WorkRow } from './work-row.js';

/** The list of documents, and of what is under way, with the button in the header that opens it. */
export class DocumentsPanel extends SidePanel {
  #button = byId('documents-button');
  #count = byId('documents-count');
  #work;
  #list;
  #problem = null;

  /** `remove(document)` deletes one and throws what went wrong. */
  constructor({ remove, showMore, refresh, onChange }) {
    super('documents', onChange);
    const fallback = () => byId('documents-add');
    this.#work = new KeyedList(byId('documents-work'), { make: () => new WorkRow(), fallback });
    this.#list = new KeyedList(byId('documents-list'), { make: () => new DocumentRow(remove), fallback });
    this.#button.addEventListener('click', () => (this.isOpen ? this.close() : this.show(this.#button)));
    byId('documents-more').addEventListener('click', showMore);
    byId('documents-again').addEventListener('click', refresh);
  }

  draw({ documents, more, read, problem }, rows) {
    const active = rows.filter(({ over }) => !over).length;
    this.#work.show(rows, ({ key }) => key);
    this.#list.show(documents, ({ id }) => id);
    byId('documents-more').hidden = !more;
    byId('documents-failure').hidden = read !== false;
    this.#detail(problem);
    byId('documents-empty').hidden = documents.length > 0 || rows.length > 0 || read === false;
    const count = `${documents.length}${more ? '+' : ''}`;
    this.#count.textContent = count;
    this.#count.hidden = documents.length === 0;
    this.#button.dataset.busy = String(active > 0);
    this.#button.setAttribute('aria-label', [
      'Documents', documents.length > 0 ? count : null, active > 0 ? `${active} under way` : null,
    ].filter(Boolean).join(', '));
  }

  #detail(problem) {
    if (problem === this.#problem) return;
    this.#problem = problem;
    byId('documents-failure').querySelector('.problem-details')?.remove();
    const details = problem && problemDetails(problem);
    if (details) byId('documents-failure').append(details);
  }
}
