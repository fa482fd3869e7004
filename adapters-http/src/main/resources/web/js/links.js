/**
 * Where a link of an answer or a document may lead: an http(s) address, or a path of this origin. Anything else gives
 * null, and the link's text stands alone. A relative address has a meaning only inside a document, whose own address
 * is `base`; a Markdown file of the library is shown by the reader, so it loses its ending.
 */
export function safeLink(href, { origin, base = null }) {
  const text = href.trim();
  const absolute = /^https?:\/\//i.test(text);
  const rooted = text.startsWith('/') && !/^\/[\\/]/.test(text);
  if (!absolute && !rooted && base === null) return null;
  const url = parse(text, base ?? origin);
  if (!url || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.origin !== origin) return absolute ? { href: url.href, external: true } : null;
  const path = url.pathname.startsWith('/library/') ? url.pathname.replace(/\.md$/, '') : url.pathname;
  return { href: path + url.search + url.hash, external: false };
}

function parse(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
