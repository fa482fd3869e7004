/**
 * Looks the page in the browser over for what shuts people out, and returns what it found: controls without a name,
 * text with a contrast below 4.5 : 1 (3 : 1 when large), doubled ids, references to nothing, skipped heading levels.
 * It runs inside the page, so it may use nothing from outside itself.
 */
export function accessFaults() {
  const faults = [];
  const describe = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}.${node.className}`;
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  const nameOf = (node) => node.getAttribute('aria-label') || node.labels?.[0]?.textContent
    || document.getElementById(node.getAttribute('aria-labelledby'))?.textContent || node.textContent.trim();
  for (const node of document.querySelectorAll('button, a[href], textarea, input, summary, dialog[open], [role]')) {
    if (shown(node) && !['status', 'alert', 'log'].includes(node.getAttribute('role')) && !nameOf(node)) {
      faults.push(`no name: ${describe(node)}`);
    }
  }
  for (const node of document.querySelectorAll('img:not([alt])')) faults.push(`no alternative text: ${describe(node)}`);

  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  ids.filter((id, place) => ids.indexOf(id) !== place).forEach((id) => faults.push(`doubled id: ${id}`));
  for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(' ')) {
        if (!document.getElementById(id)) faults.push(`${name} refers to nothing: ${id}`);
      }
    }
  }

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const channels = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const groundOf = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const color = channels(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const luminance = (color) => color.slice(0, 3).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const exempt = node.closest('noscript, .visually-hidden, :disabled, .skip');
    if (walker.currentNode.data.trim() === '' || exempt || !shown(node)) continue;
    const style = getComputedStyle(node);
    const [dark, light] = [luminance(channels(style.color)), luminance(groundOf(node))].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${describe(node)}`);
  }
  return [...new Set(faults)];
}
