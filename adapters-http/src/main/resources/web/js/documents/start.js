import { byId } from '../dom.js';
import { Paint } from '../paint.js';
import { WorkCards } from './cards.js';
import { Documents } from './documents.js';
import { DropZone } from './drop.js';
import { DocumentsPanel } from './panel.js';

/** How often the lists are read while something is under way, should a telling be missed, in milliseconds. */
const LOOK_AGAIN = 10_000;

/**
 * Puts documents on the page, and gives them. `surface` has announcer, changed(), sessionOpened(), sessionOver(),
 * ask(question), and restingPlace(), the element that takes the focus when what had it is gone.
 */
export function startDocuments(gateway, surface) {
  const paint = new Paint(draw);
  const documents = new Documents(gateway, { ...surface, draw: () => paint.soon() });
  const panel = new DocumentsPanel({
    remove: (document) => documents.delete(document),
    showMore: () => documents.showMore(),
    refresh: () => documents.refresh(),
    onChange: () => paint.soon(),
  });
  const cards = new WorkCards({
    ask: surface.ask,
    dismissReady: () => documents.dismissReady(),
    openPanel: () => panel.show(byId('documents-button')),
    restingPlace: surface.restingPlace,
  });

  function draw() {
    const rows = documents.shelf.rows();
    panel.draw(documents.shelf, rows);
    cards.draw(rows, documents.shelf.ready, panel.isOpen);
  }

  wireRows(documents);
  wireFiles(documents);
  document.addEventListener('visibilitychange', () => documents.visibilityChanged());
  window.addEventListener('beforeunload', (event) => {
    if (documents.sending) event.preventDefault();
  });
  setInterval(() => {
    if (!document.hidden && documents.shelf.underWay.length > 0) documents.refresh();
  }, LOOK_AGAIN);
  paint.soon();
  return documents;
}

function wireRows(documents) {
  for (const place of ['documents-work', 'work-list']) {
    byId(place).addEventListener('click', ({ target }) => {
      const button = target.closest('[data-do]');
      const key = button?.closest('[data-key]').dataset.key;
      const row = documents.shelf.rows().find((each) => each.key === key);
      if (!row) return;
      if (button.dataset.do === 'again') documents.again(key);
      else if (row.over) documents.dismiss(row);
      else documents.cancel(row);
    });
  }
}

function wireFiles(documents) {
  const chooser = byId('files');
  const choose = () => chooser.click();
  byId('attach').addEventListener('click', choose);
  byId('documents-add').addEventListener('click', choose);
  chooser.addEventListener('change', () => {
    const files = [...chooser.files];
    // The same file may be chosen again.
    chooser.value = '';
    if (files.length > 0) documents.add(files);
  });
  new DropZone(byId('drop'), (files, left) => documents.add(files, left));
}
