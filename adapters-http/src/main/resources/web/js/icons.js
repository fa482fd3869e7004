const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Strokes on a grid of 24. */
const PATHS = {
  down: ['M12 5v14', 'm6 13 6 6 6-6'],
  again: ['M19 12a7 7 0 1 1-2.2-5.1L19 9', 'M19 4v5h-5'],
  alert: ['M12 8v5', 'M12 16.6v.1', 'M12 3.5 2.8 20h18.4z'],
  book: ['M5 4.5h10a4 4 0 0 1 4 4v11H9a4 4 0 0 1-4-4z', 'M9 9h6', 'M9 13h6'],
  check: ['m5 12.5 4.5 4.5L19 7.5'],
  clip: ['m19.5 11.5-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.6 1.6 0 0 1-2.3-2.3l7.2-7.2'],
  copy: ['M9 9h10v10H9z', 'M15 5.5V5H5v10h.5'],
  cross: ['m6 6 12 12', 'M18 6 6 18'],
  file: ['M6 3.5h8l4.5 4.5v12.5H6z', 'M13.5 3.5V8.5h5', 'M9 13h6.5', 'M9 16.5h4'],
  thought: ['M12 4a6 6 0 0 0-3.5 10.9V17h7v-2.1A6 6 0 0 0 12 4z', 'M10 20.5h4'],
  tool: ['M4 5h16v14H4z', 'm8 9.5 3 2.5-3 2.5', 'M13 15h3.5'],
  trash: ['M5 7h14', 'M9.5 7V4.5h5V7', 'M7 7l.8 12.5h8.4L17 7', 'M10.5 10.5v5.5', 'M13.5 10.5v5.5'],
  upload: ['M12 16V5', 'm7 9.5 5-5 5 5', 'M5 19.5h14'],
};

/** A decorative icon; what it means is said by the text or label beside it. */
export function icon(name) {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  const attributes = { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(NAMESPACE, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
