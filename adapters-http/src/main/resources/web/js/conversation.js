import { AnswerView, QuestionView } from './message-views.js';

/** The list of messages. It knows a message by its id, so that reading the history again moves and doubles nothing. */
export class Conversation {
  #root;
  #places;
  #views = new Map();
  #over = false;

  /** `places` are what is shown while there is nothing: `welcome`, or `ended`; `anew` says that a session is new. */
  constructor(root, places) {
    this.#root = root;
    this.#places = places;
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
    this.#over = false;
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
    this.begin();
  }

  /** Takes everything out, for the session has ended; gives what was written last and not sent, or null. */
  end() {
    const unsent = [...this.#root.querySelectorAll('.question[data-refused] .question-text')].at(-1);
    this.clear();
    this.#over = true;
    this.#showEmpty();
    return unsent?.textContent ?? null;
  }

  /** After an end: there is a session again, or the person wants one. */
  begin() {
    this.#over = false;
    this.#places.anew.hidden = true;
    this.#showEmpty();
  }

  /** Says above the messages that they are those of a new session. */
  sayAnew() {
    this.#places.anew.hidden = false;
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
    const empty = this.#root.childElementCount === 0;
    this.#places.welcome.hidden = !empty || this.#over;
    this.#places.ended.hidden = !empty || !this.#over;
    document.documentElement.classList.toggle('empty', empty);
  }
}
