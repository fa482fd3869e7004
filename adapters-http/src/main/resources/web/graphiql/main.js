import { byId } from '../js/dom.js';
import { BLANK, EXAMPLES } from './examples.js';
import { fetcher } from './fetcher.js';

const { React, ReactDOM, GraphiQL } = window;

/**
 * While a dialog is open GraphiQL keeps what is behind it from scrolling, by a style element of its own making. The
 * page's policy refuses those, and what is behind does not scroll here: so it is left out, and the policy stays.
 */
function withoutStyleElements() {
  const append = document.head.appendChild.bind(document.head);
  document.head.appendChild = (node) => (node.nodeName === 'STYLE' ? node : append(node));
}

/** An editor would keep whoever came in by Tab; what is suggested in it is still chosen so. */
function letTabLeave(place) {
  place.addEventListener('keydown', (event) => {
    const inEditor = event.target.closest('.CodeMirror');
    if (event.key === 'Tab' && inEditor && !document.querySelector('.CodeMirror-hints')) event.stopPropagation();
  }, { capture: true });
}

/** GraphiQL makes these fields without a name for those who listen; of an editor it names the part that it is in. */
function nameFields(place) {
  const name = () => {
    for (const field of place.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
      const part = field.closest('[aria-label]');
      if (part) field.setAttribute('aria-label', part.getAttribute('aria-label'));
    }
    place.querySelector('[role="combobox"]:not([aria-label])')?.setAttribute('aria-label', 'Search the schema');
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
}

withoutStyleElements();
const place = byId('playground');
letTabLeave(place);
nameFields(place);
ReactDOM.createRoot(place).render(React.createElement(GraphiQL, {
  fetcher,
  defaultTabs: EXAMPLES,
  defaultQuery: BLANK,
  defaultEditorToolsVisibility: 'variables',
  // Headers hold keys, and GraphiQL's history holds headers: nothing of it outlives the tab.
  storage: window.sessionStorage,
  shouldPersistHeaders: false,
}));
