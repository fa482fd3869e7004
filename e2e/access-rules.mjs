/**
 * Rules that run inside the page, so each may use nothing from outside itself. They return what shuts people out.
 */
export const ACCESS_RULES = [unnamed, brokenReferences, hiddenButReachable, small, faint];

/** Controls and pictures without a name. */
function unnamed() {
  const describe = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}.${node.className}`;
  const nameOf = (node) => node.getAttribute('aria-label') || node.labels?.[0]?.textContent
    || document.getElementById(node.getAttribute('aria-labelledby'))?.textContent || node.textContent.trim();
  const places = 'button, a[href], textarea, input, summary, progress, dialog[open], '
    + '[role]:not([role="status"], [role="alert"], [role="log"])';
  const controls = [...document.querySelectorAll(places)]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !nameOf(node));
  return [...controls, ...document.querySelectorAll('img:not([alt])')].map((node) => `no name: ${describe(node)}`);
}

/** Ids that stand twice, and references to ids that do not stand at all. */
function brokenReferences() {
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const doubled = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `doubled id: ${id}`);
  const broken = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)]
      .flatMap((node) => node.getAttribute(name).split(' '))
      .filter((id) => !ids.includes(id))
      .map((id) => `${name} refers to nothing: ${id}`));
  return [...doubled, ...broken];
}

/** What the keyboard reaches though people who listen are told nothing of it. */
function hiddenButReachable() {
  return [...document.querySelectorAll('[aria-hidden="true"] :is(button, a[href], input, textarea, [tabindex])')]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .map((node) => `hidden but reachable: ${node.tagName}.${node.className}`);
}

/** Buttons that are too small to be hit, by WCAG 2.5.8: below 24 by 24 pixels, give or take what a
 * transformation rounds. A marker in a line of text may be. */
function small() {
  return [...document.querySelectorAll('button:not(.cite)')].flatMap((node) => {
    const { width, height } = node.getBoundingClientRect();
    const hittable = !node.checkVisibility({ visibilityProperty: true }) || (width > 23.9 && height > 23.9);
    return hittable ? [] : [`small: ${node.id || node.className} ${width} x ${height}`];
  });
}

/** Text with a contrast to its ground below 4.5 : 1, or 3 : 1 when it is large. */
function faint() {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const channels = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const groundOf = (node) => {
    const color = node ? channels(getComputedStyle(node).backgroundColor) : [255, 255, 255, 255];
    return color[3] === 255 ? color : groundOf(node.parentElement);
  };
  const luminance = (color) => color.slice(0, 3).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const nodes = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim() !== '') nodes.add(walker.currentNode.parentElement);
  return [...nodes].flatMap((node) => {
    const exempt = node.closest('noscript, .visually-hidden, :disabled, .skip');
    if (exempt || !node.checkVisibility({ visibilityProperty: true })) return [];
    const style = getComputedStyle(node);
    const [dark, light] = [luminance(channels(style.color)), luminance(groundOf(node))].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return ratio < (large ? 3 : 4.5) ? [`contrast ${ratio.toFixed(2)}: ${node.tagName}.${node.className}`] : [];
  });
}
