import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { CitationPanel } from './citations.js';
import { Composer } from './composer.js';
import { onWake } from './connectivity.js';
import { Conversation } from './conversation.js';
import { copyFrom } from './copy.js';
import { startDocuments } from './documents/start.js';
import { byId } from './dom.js';
import { Gateway } from './gateway.js';
import { Menu } from './menu.js';
import { Scroll } from './scroll.js';
import { SidePanel } from './side-panel.js';
import { Status } from './status.js';

/** How often an unreachable gateway is tried again, in milliseconds. */
const KNOCK_EVERY = 4_000;

const gateway = new Gateway({ fetch: (...call) => window.fetch(...call), wake: onWake, sessionOver });
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('daveloper') : null;
const hovers = window.matchMedia('(hover: hover)').matches;
const announcer = new Announcer(byId('announcer'));
const conversation = new Conversation(byId('messages'), {
  welcome: byId('welcome'), ended: byId('ended'), anew: byId('anew'),
});
const status = new Status();
const scroll = new Scroll(byId('conversation'), byId('messages'), byId('latest'));
const composer = new Composer({ onSend: (text) => chat.send(text), onStop: () => chat.stop() });
const changed = () => {
  tabs?.postMessage('changed');
  documents.attend(chat.session);
};
const forgotten = () => {
  documents.forget();
  tabs?.postMessage('forgotten');
};
const ended = () => {
  byId('ended-kept').hidden = composer.isEmpty;
  documents.attend(null);
  menu.leaveSession(byId('start-again'));
};
const chat = new Chat(gateway, { conversation, composer, status, announcer, scroll, changed, forgotten, ended });
// On a phone the message box would bring up the keyboard.
const restingPlace = () => byId(hovers ? 'message' : 'attach');
const documents = startDocuments(gateway, {
  announcer,
  changed: () => tabs?.postMessage('documents'),
  sessionOpened: () => look(),
  sessionOver,
  ask,
  restingPlace,
});
const panel = new CitationPanel();
const menu = new Menu(chat, gateway, { over: sessionOver, restingPlace });

byId('messages').addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  const view = button && conversation.viewOf(button);
  if (!view) return;
  if (button.dataset.cite) panel.open(view.citation(Number(button.dataset.cite)), button);
  else if (button.dataset.copy === 'answer') copyFrom(button, view.message.text, announcer);
  else if (button.dataset.copy === 'code') {
    copyFrom(button, button.closest('.code').querySelector('pre').textContent, announcer);
  } else if (button.closest('.ending')) askAgain(view);
});

function askAgain(view) {
  const question = conversation.questionBefore(view);
  if (question) chat.send(question);
}

byId('welcome').addEventListener('click', ({ target }) => {
  const suggestion = target.closest('[data-ask]');
  if (suggestion && !chat.busy) ask(suggestion.dataset.ask);
});

/** Sends a question that was suggested; while another answer is being written it waits in the message box. */
function ask(question) {
  if (chat.busy) composer.restore(question);
  else chat.send(question);
  composer.focus();
}

byId('start-again').addEventListener('click', () => {
  chat.startAgain();
  restingPlace().focus({ preventScroll: true });
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector('dialog:modal')) return;
  if (menu.isOpen) {
    menu.close();
    byId('menu-button').focus();
  } else if (SidePanel.current) SidePanel.current.close();
  else chat.stop();
});

/** Reads the session and what was said in it, and then what belongs to it. */
async function look() {
  await chat.refresh();
  documents.attend(chat.session);
}

/** A call was refused because there is no such session. A file on its way opens another one by itself. */
function sessionOver() {
  if (!documents.sending) look();
}

async function lookAgain() {
  if (document.visibilityState === 'visible' && !chat.busy) await look();
}

onWake(lookAgain);
tabs?.addEventListener('message', async ({ data }) => {
  if (data === 'documents' && chat.session) await documents.refresh();
  else if (data === 'forgotten') await look();
  else await lookAgain();
});
setInterval(() => status.state === 'unreachable' && lookAgain(), KNOCK_EVERY);

await look();
document.documentElement.classList.add('loaded');
if (hovers) composer.focus();
