import { el } from './dom.js';
import { safeLink } from './links.js';

/**
 * What support needs to know of a problem, folded away: its kind, with a link to what that means, and the request's id.
 * Null when there is nothing to tell, as when the gateway was not reached.
 */
export function problemDetails({ code, type, requestId }) {
  if (!code && !requestId) return null;
  return el('details', { class: 'problem-details' }, el('summary', { text: 'Details' }),
    el('dl', {}, code ? entry('Kind', kindOf(code, type)) : null,
      requestId ? entry('Request', el('code', { text: requestId })) : null));
}

function entry(name, value) {
  return el('div', {}, el('dt', { text: name }), el('dd', {}, value));
}

function kindOf(code, type) {
  const words = el('code', { text: code });
  const link = safeLink(type ?? `/errors/${encodeURIComponent(code)}`, { origin: location.origin });
  return link ? el('a', { href: link.href, target: '_blank', rel: 'noopener' }, words) : words;
}
