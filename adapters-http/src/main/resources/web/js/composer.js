import { byId } from './dom.js';

/** Longest message, in characters; the gateway refuses a longer one. */
export const MAX_CHARACTERS = 32_000;
const COUNTER_FROM = 30_000;
const DRAFT = 'daveloper.draft';

/** Where the person writes. Its button sends, and stops while an answer is being written. */
export class Composer {
  #form = byId('composer');
  #field = byId('message');
  #button = byId('send');
  #counter = byId('counter');
  #busy = false;
  #onSend;
  #onStop;

  constructor({ onSend, onStop }) {
    this.#onSend = onSend;
    this.#onStop = onStop;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#act();
    });
    this.#field.addEventListener('input', () => this.#changed());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    this.#field.value = readDraft();
    this.#changed();
  }

  #key(event) {
    // While an input method composes, Enter chooses a candidate; some browsers tell so only by code 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!this.#busy) this.#act();
  }

  #act() {
    if (this.#busy) return this.#onStop();
    const text = bare(this.#field.value);
    if (text === '' || text.length > MAX_CHARACTERS) return undefined;
    this.#field.value = '';
    this.#changed();
    return this.#onSend(text);
  }

  #changed() {
    const text = this.#field.value;
    const { length } = bare(text);
    writeDraft(text);
    this.#counter.hidden = length < COUNTER_FROM;
    this.#counter.textContent = `${length.toLocaleString()} of ${MAX_CHARACTERS.toLocaleString()} characters`;
    this.#counter.classList.toggle('over', length > MAX_CHARACTERS);
    this.#field.setAttribute('aria-invalid', String(length > MAX_CHARACTERS));
    if (!this.#busy) this.#button.disabled = length === 0 || length > MAX_CHARACTERS;
    this.#fit();
  }

  #fit() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  busy(busy) {
    this.#busy = busy;
    this.#form.dataset.state = busy ? 'busy' : 'idle';
    this.#button.setAttribute('aria-label', busy ? 'Stop the answer' : 'Send');
    this.#button.title = busy ? 'Stop (Esc)' : 'Send (Enter)';
    this.#button.disabled = false;
    this.#changed();
  }

  stopping() {
    this.#form.dataset.state = 'stopping';
    this.#button.setAttribute('aria-label', 'Stopping');
    this.#button.disabled = true;
  }

  /** Puts a text that could not be sent back, unless something else is being written. */
  restore(text) {
    if (this.isEmpty) this.#field.value = text;
    this.#changed();
  }

  get isEmpty() {
    return this.#field.value.trim() === '';
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }
}

/** The text without blank lines around it; the indentation of its first line may mean something. */
function bare(text) {
  return text.replace(/^\s*\n/, '').trimEnd();
}

function readDraft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? '';
  } catch {
    return '';
  }
}

function writeDraft(text) {
  try {
    if (text === '') sessionStorage.removeItem(DRAFT);
    else sessionStorage.setItem(DRAFT, text);
  } catch {
    // Storage may be switched off; the draft then lives as long as the page.
  }
}
