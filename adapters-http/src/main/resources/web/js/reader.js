import { Announcer } from './announcer.js';
import { copyFrom } from './copy.js';
import { byId, el } from './dom.js';
import { safeLink } from './links.js';
import { parseBlocks, plainText, toDom } from './markdown.js';

const announcer = new Announcer(byId('announcer'));
const article = byId('document');

/** The passage that the address names, as offsets in the source: `#p=120-340`. */
function passage() {
  const match = /^#p=(\d{1,9})-(\d{1,9})$/.exec(location.hash);
  return match ? { start: Number(match[1]), end: Number(match[2]) } : null;
}

async function load() {
  const path = location.pathname.replace(/\/+$/, '');
  showPlace(path);
  try {
    const response = await fetch(`${path}.md`, { headers: { Accept: 'text/markdown' } });
    if (!response.ok) return fail(response.status === 404 ? 'There is no such document.' : 'It could not be read.');
    show(await response.text(), `${path}.md`);
    return highlight();
  } catch {
    return fail('The gateway could not be reached.');
  }
}

function showPlace(path) {
  const parts = path.split('/').filter(Boolean).slice(1).map(decoded);
  byId('place').replaceChildren(...parts.map((part) => el('li', { text: part })));
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function show(source, path) {
  const blocks = parseBlocks(source);
  const base = new URL(path, location.origin).href;
  const taken = new Map();
  article.replaceChildren(...toDom(blocks, {
    link: (href) => linkFrom(href, base),
    identify: (words) => headingId(words, taken),
  }));
  const title = blocks.find(({ type }) => type === 'heading');
  if (title) document.title = `${plainText(title.inlines)} · Daveloper`;
  article.setAttribute('aria-busy', 'false');
}

/** A path beside the library, such as to a source file, leads nowhere here. */
function linkFrom(href, base) {
  if (href.startsWith('#')) return { href, external: false };
  const target = safeLink(href, { origin: location.origin, base });
  const relative = !/^(?:https?:)?\//i.test(href.trim());
  return target && relative && !target.href.startsWith('/library/') ? null : target;
}

/** The id that common Markdown sites give a heading, so that links between documents work in both. */
function headingId(words, taken) {
  const slug = words.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
  const count = taken.get(slug) ?? 0;
  taken.set(slug, count + 1);
  return `${count === 0 ? slug : `${slug}-${count}`}` || null;
}

function highlight() {
  for (const old of article.querySelectorAll('.quoted')) old.classList.remove('quoted');
  const range = passage();
  if (!range) return scrollToHeading();
  const found = innermost(range);
  if (found.length === 0) return undefined;
  for (const node of found) node.classList.add('quoted');
  const [first] = found;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: 'center' });
  return announcer.say('The quoted passage is highlighted.');
}

/** The smallest blocks that the range overlaps: of a list its items, of a quote its paragraphs. */
function innermost({ start, end }) {
  const touched = [...article.querySelectorAll('[data-start]')].filter((node) =>
    Number(node.dataset.start) < end && Number(node.dataset.end) > start);
  const outer = new Set();
  for (const node of touched) {
    const parent = node.parentElement.closest('[data-start]');
    if (parent) outer.add(parent);
  }
  return touched.filter((node) => !outer.has(node));
}

function scrollToHeading() {
  const heading = location.hash.length > 1 ? byId(decoded(location.hash.slice(1))) : null;
  heading?.scrollIntoView({ block: 'start' });
}

function fail(reason) {
  article.setAttribute('aria-busy', 'false');
  article.replaceChildren(
    el('h1', { text: 'Not found' }),
    el('p', { text: reason }),
    el('p', {}, el('a', { href: '/', text: 'Back to the conversation' })));
  document.title = 'Not found · Daveloper';
}

article.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy="code"]');
  if (button) copyFrom(button, button.closest('.code').querySelector('pre').textContent, announcer);
});
window.addEventListener('hashchange', highlight);

await load();
