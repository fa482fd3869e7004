import { AnswerView, QuestionView } from './message-views.js';

/** The list of messages. It knows a message by its id, so that reading the history again moves and doubles nothing. */
export class Conversation {
  #root;
  #empty;
  #views = new Map();

  constructor(root, empty) {
    this.#root = root;
    this.#empty = empty;
  }

  /** The ids of the messages that the gateway is known to have stored by now. */
  storedIds() {
    return new Set([...this.#views].filter(([, view]) => !view.pending).map(([id]) => id));
  }

  /**
   * Makes the list equal to the stored messages. `before` are the stored ids when reading them began: only these can
   * have been deleted since, while what is newer may have come too late to be read.
   */
  show(messages, before) {
    const stored = new Set(messages.map(({ id }) => id));
    for (const id of before) if (!stored.has(id)) this.#drop(id);
    let place = this.#root.firstElementChild;
    for (const message of messages) {
      const view = this.#views.get(message.id) ?? this.#make(message);
      if (view.message.live !== true) view.update({ ...view.message, ...message });
      while (place?.dataset.refused) place = place.nextElementSibling;
      if (view.root === place) place = place.nextElementSibling;
      else this.#root.insertBefore(view.root, place);
    }
    this.#showEmpty();
  }

  #make(message) {
    const view = message.role === 'user' ? new QuestionView(message) : new AnswerView(message);
    this.#views.set(message.id, view);
    return view;
  }

  #drop(id) {
    this.#views.get(id)?.root.remove();
    this.#views.delete(id);
  }

  /** Adds a view at the end that has no id yet, because the gateway has not named it. */
  append(view) {
    view.pending = true;
    this.#root.append(view.root);
    this.#showEmpty();
    return view;
  }

  /** Gives a pending view its id, and returns the view of that id: the one from the history, if it was there first. */
  adopt(view, id) {
    const other = this.#views.get(id);
    if (other && other !== view) {
      view.root.remove();
      return other;
    }
    view.message.id = id;
    this.#views.set(id, view);
    return view;
  }

  /** Takes out an answer that was left without an ending, before a view that has more of it comes in. */
  removeUnfinished(id, newcomer) {
    const view = this.#views.get(id);
    if (view && view !== newcomer && !view.message.outcome) this.#drop(id);
  }

  settle(view) {
    view.pending = false;
  }

  remove(view) {
    this.#views.delete(view.message.id);
    view.root.remove();
    this.#showEmpty();
  }

  clear() {
    this.#views.clear();
    this.#root.replaceChildren();
    this.#showEmpty();
  }

  has(id) {
    return this.#views.has(id);
  }

  /** The view that an element on the page belongs to. */
  viewOf(element) {
    const root = element.closest('.message');
    return [...this.#views.values()].find((view) => view.root === root);
  }

  /** The question that the message of a view answers. */
  questionBefore(view) {
    let root = view.root.previousElementSibling;
    while (root && !root.classList.contains('question')) root = root.previousElementSibling;
    return root?.querySelector('.question-text').textContent ?? null;
  }

  #showEmpty() {
    this.#empty.hidden = this.#root.childElementCount > 0;
    document.documentElement.classList.toggle('empty', !this.#empty.hidden);
  }
}
