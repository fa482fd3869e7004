/**
 * Keeps the children of an element equal to a list of items, by their keys, and leaves what stays as it is: its state,
 * its place, the focus within it. Where something focused goes, the focus moves to its neighbour, or to `fallback()`.
 */
export class KeyedList {
  #root;
  #make;
  #fallback;
  #views = new Map();

  /** `make(item)` gives a view {root, update(item)}. */
  constructor(root, { make, fallback }) {
    this.#root = root;
    this.#make = make;
    this.#fallback = fallback;
  }

  show(items, keyOf) {
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const neighbour = focused && this.#neighbourOf(focused, new Set(items.map(keyOf)));
    const kept = new Set();
    let place = this.#root.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      kept.add(key);
      const view = this.#views.get(key) ?? this.#add(key, item);
      view.update(item);
      if (view.root === place) place = place.nextElementSibling;
      else this.#root.insertBefore(view.root, place);
    }
    for (const [key, { root }] of this.#views) if (!kept.has(key)) this.#drop(key, root);
    this.#root.hidden = items.length === 0;
    if (focused) this.#restore(focused, neighbour);
  }

  #add(key, item) {
    const view = this.#make(item);
    this.#views.set(key, view);
    return view;
  }

  #drop(key, root) {
    root.remove();
    this.#views.delete(key);
  }

  /** What takes the focus when the row that has it goes: the next row that stays and can have it, or one before. */
  #neighbourOf(focused, staying) {
    const rows = [...this.#root.children];
    const place = rows.findIndex((row) => row.contains(focused));
    const roots = new Set([...this.#views].filter(([key]) => staying.has(key)).map(([, { root }]) => root));
    const stays = (row) => roots.has(row) && buttonIn(row);
    return rows.slice(place).find(stays) ?? rows.slice(0, place).findLast(stays) ?? null;
  }

  #restore(focused, neighbour) {
    if (document.activeElement === focused && isShown(focused)) return;
    const next = isShown(focused) ? focused : buttonIn(neighbour) ?? this.#fallback();
    next?.focus({ preventScroll: true });
  }
}

function buttonIn(row) {
  return [...row?.querySelectorAll('button') ?? []].find(isShown);
}

function isShown(node) {
  return node.getClientRects().length > 0;
}
