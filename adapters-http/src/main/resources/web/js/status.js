import { byId } from './dom.js';

const WORDS = {
  connecting: 'Connecting',
  ready: 'Ready',
  answering: 'Answering',
  reconnecting: 'Reconnecting',
  unreachable: 'Not reachable',
  unavailable: 'Agent unavailable',
  ended: 'Session ended',
  offline: 'Offline',
};

const BANNERS = {
  reconnecting: 'Reconnecting… Nothing is lost: the answer goes on where it was.',
  unreachable: 'Reconnecting… The gateway cannot be reached right now.',
  offline: 'Reconnecting… You are offline. The answer goes on as soon as you are back.',
};

/** A short break is mended unnoticed; only a longer one is told, in milliseconds. */
const BANNER_DELAY = 700;

/** The state of the connection: a dot and a word in the header, and a banner while it is interrupted. */
export class Status {
  #root = byId('status');
  #word = byId('status-word');
  #banner = byId('banner');
  #timer = 0;
  #state = 'connecting';

  constructor() {
    window.addEventListener('online', () => this.#show());
    window.addEventListener('offline', () => this.#show());
    this.#show();
  }

  get state() {
    return this.#state;
  }

  set(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#show();
  }

  #show() {
    const shown = navigator.onLine ? this.#state : 'offline';
    this.#root.dataset.state = shown;
    this.#word.textContent = WORDS[shown];
    const text = BANNERS[shown];
    clearTimeout(this.#timer);
    if (!text) this.#banner.hidden = true;
    else if (this.#banner.hidden) this.#timer = setTimeout(() => this.#tell(text), BANNER_DELAY);
    else this.#tell(text);
  }

  #tell(text) {
    this.#banner.textContent = text;
    this.#banner.hidden = false;
  }
}
