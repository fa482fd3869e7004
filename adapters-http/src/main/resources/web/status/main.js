import { byId } from '../js/dom.js';
import { Admin } from './admin.js';
import { Components, showOverall, showUnknown } from './components.js';
import { Details } from './details.js';
import { Feed } from './feed.js';
import { Model } from './model.js';
import { Staleness } from './staleness.js';
import { Webhooks } from './webhooks.js';

const STORED = 'daveloper.admin-key';
const LIVE = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  refused: 'Asked to wait',
  unreachable: 'Not reachable',
};
/** What a header may hold. */
const KEY = /^[\x21-\x7e]{1,256}$/;

const model = new Model();
const components = new Components();
const details = new Details();
const staleness = new Staleness();
const admin = new Admin();
const webhooks = new Webhooks(admin);
const feed = new Feed({ onEvent, onState, onKey });

function onEvent(event) {
  if (event?.type === 'status.history') model.begin(event);
  if (event?.type !== 'status.snapshot') return;
  model.take(event);
  staleness.heard(Date.parse(event.at));
  showOverall(event);
  components.show(model);
  if (event.details) details.show(model);
}

function onState(state) {
  byId('live').dataset.state = state;
  byId('live-word').textContent = LIVE[state];
  staleness.state(state);
  if (state === 'unreachable') showUnknown();
}

function onKey(granted) {
  if (granted) {
    byId('sign-out').hidden = false;
    byId('key').value = '';
    const focused = byId('sign-in').contains(document.activeElement);
    byId('sign-in').hidden = true;
    if (focused) byId('sign-out').focus();
    webhooks.show();
    return;
  }
  keep(null);
  signedOut();
  tellWrong('This key opens nothing here.');
}

function signedOut() {
  byId('sign-out').hidden = true;
  byId('sign-in').hidden = false;
  details.hide();
  webhooks.hide();
}

function tellWrong(text) {
  byId('key-wrong').textContent = text;
  byId('key-wrong').hidden = false;
  byId('key').focus();
}

function use(key) {
  admin.use(key);
  return feed.use(key);
}

/** In this tab alone; where the browser keeps nothing, a reload asks again. */
function keep(key) {
  try {
    if (key === null) sessionStorage.removeItem(STORED);
    else sessionStorage.setItem(STORED, key);
  } catch {
    // Storage is switched off.
  }
}

function kept() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

byId('sign-in-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const key = byId('key').value.trim();
  byId('key-wrong').hidden = true;
  if (!KEY.test(key)) return tellWrong('A key has no spaces, and letters and signs of ASCII alone.');
  keep(key);
  return use(key);
});

byId('sign-out').addEventListener('click', () => {
  keep(null);
  use(null);
  signedOut();
  byId('key').focus();
});

use(kept());
feed.run();
