import { byId, el } from './dom.js';
import { safeLink } from './links.js';

/** A marker in the text. Until its citation is known it is plain text, as it may be no citation at all. */
export function citationMarker(index, citation) {
  if (!citation) return el('span', { 'data-cite': String(index), text: `[${index}]` });
  return el('button', {
    type: 'button', class: 'cite', 'data-cite': String(index), text: String(index),
    'aria-label': `Source ${index}: ${citation.title}`,
  });
}

/** Turns the markers of a citation that has just become known into buttons. */
export function revealMarkers(container, citation) {
  for (const marker of container.querySelectorAll(`span[data-cite="${Number(citation.index)}"]`)) {
    marker.replaceWith(citationMarker(citation.index, citation));
  }
}

/** The list of sources below an answer. */
export function sourceList(citations) {
  const items = [...citations].sort((a, b) => a.index - b.index).map((citation) => el('li', {},
    el('button', { type: 'button', class: 'source', 'data-cite': String(citation.index) },
      el('span', { class: 'source-index', 'aria-hidden': 'true', text: String(citation.index) }),
      el('span', { class: 'source-words' },
        el('span', { class: 'source-title', text: citation.title }),
        el('span', { class: 'source-quote', text: citation.quote })))));
  return el('section', { class: 'sources', 'aria-label': 'Sources' },
    el('h3', { text: items.length === 1 ? 'Source' : 'Sources' }), el('ol', {}, items));
}

/** The passage behind a marker: beside the conversation where there is room, over it on a phone. */
export class CitationPanel {
  #dialog = byId('passage');
  #opener = null;

  constructor() {
    byId('passage-close').addEventListener('click', () => this.close());
    this.#dialog.addEventListener('close', () => this.#restore());
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog && this.#dialog.matches(':modal')) this.close();
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open(citation, opener) {
    if (this.isOpen) this.#dialog.close();
    this.#opener = opener;
    byId('passage-label').textContent = `Source ${citation.index}`;
    byId('passage-title').textContent = citation.title;
    byId('passage-quote').textContent = citation.quote;
    byId('passage-place').textContent = citation.position?.page ? `Page ${citation.position.page}` : '';
    this.#showLink(citation.url);
    opener.setAttribute('aria-expanded', 'true');
    if (window.matchMedia('(min-width: 64rem)').matches) this.#dialog.show();
    else this.#dialog.showModal();
    document.documentElement.classList.toggle('with-passage', !this.#dialog.matches(':modal'));
    byId('passage-title').focus({ preventScroll: true });
  }

  close() {
    this.#dialog.close();
  }

  #showLink(url) {
    const target = url ? safeLink(url, { origin: location.origin }) : null;
    const link = byId('passage-link');
    link.hidden = target === null;
    if (target) link.href = target.href;
    else link.removeAttribute('href');
    if (target?.external) link.target = '_blank';
    else link.removeAttribute('target');
  }

  #restore() {
    document.documentElement.classList.remove('with-passage');
    this.#opener?.removeAttribute('aria-expanded');
    if (this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
    this.#opener = null;
  }
}
