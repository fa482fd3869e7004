import { byId, el } from './dom.js';
import { safeLink } from './links.js';
import { SidePanel } from './side-panel.js';

/** A marker in the text. Until its citation is known it is plain text, as it may be no citation at all. */
export function citationMarker(index, citation) {
  if (!citation) return el('span', { 'data-cite': String(index), text: `[${index}]` });
  return el('button', {
    type: 'button', class: 'cite', 'data-cite': String(index), text: String(index),
    'aria-label': `Source ${index}: ${[citation.title, placeOf(citation)].filter(Boolean).join(', ')}`,
  });
}

/** Where in its document a passage stands, if that can be told and the title does not tell it. */
function placeOf({ position, title }) {
  if (!position?.page || /, (page|slide|sheet) \d+$/.test(title)) return null;
  return `Page ${position.page}`;
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
        el('span', { class: 'source-head' }, el('span', { class: 'source-title', text: citation.title }),
          placeOf(citation) ? el('span', { class: 'source-place', text: placeOf(citation) }) : null),
        el('span', { class: 'source-quote', text: citation.quote })))));
  return el('section', { class: 'sources', 'aria-label': 'Sources' },
    el('h3', { text: items.length === 1 ? 'Source' : 'Sources' }), el('ol', {}, items));
}

/** The passage behind a marker. */
export class CitationPanel extends SidePanel {
  constructor() {
    super('passage');
  }

  open(citation, opener) {
    byId('passage-label').textContent = `Source ${citation.index}`;
    byId('passage-title').textContent = citation.title;
    byId('passage-quote').textContent = citation.quote;
    byId('passage-place').textContent = placeOf(citation) ?? '';
    this.#showLink(citation.url);
    this.show(opener);
  }

  /** Not every passage has a page to go to: of a person's own document only the quote is shown. */
  #showLink(url) {
    const target = url ? safeLink(url, { origin: location.origin }) : null;
    const link = byId('passage-link');
    link.hidden = target === null;
    if (target) link.href = target.href;
    else link.removeAttribute('href');
    if (target?.external) link.target = '_blank';
    else link.removeAttribute('target');
  }
}
