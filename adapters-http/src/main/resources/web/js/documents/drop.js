import { filesDropped, filesPasted, leftOut } from './files.js';

/** Dragging that is not heard of for so long has left the window, in milliseconds. */
const LEFT = 600;

/**
 * Takes files that are dropped anywhere on the page or pasted. Text that is dragged is left to the fields that take it,
 * and whatever is dragged from within the page to itself.
 */
export class DropZone {
  #overlay;
  #add;
  #timer = 0;
  #ours = false;

  /** `add(files, left)`: the files, and a sentence about what cannot be added, or null. */
  constructor(overlay, add) {
    this.#overlay = overlay;
    this.#add = add;
    document.addEventListener('dragstart', () => this.#own(true));
    document.addEventListener('dragend', () => this.#own(false));
    document.addEventListener('dragenter', (event) => this.#over(event));
    document.addEventListener('dragover', (event) => this.#over(event));
    document.addEventListener('dragleave', ({ relatedTarget, clientX, clientY }) => {
      const outside = clientX <= 0 || clientY <= 0 || clientX >= innerWidth || clientY >= innerHeight;
      if (!relatedTarget && outside) this.#hide();
    });
    document.addEventListener('drop', (event) => this.#dropped(event));
    document.addEventListener('paste', (event) => this.#pasted(event));
  }

  #own(ours) {
    this.#ours = ours;
  }

  /** Whether the page takes what is dragged here; if not, it is the browser's business. */
  #takes({ dataTransfer, target }) {
    if (!dataTransfer || this.#ours) return false;
    return carriesFiles(dataTransfer) || !isField(target);
  }

  #over(event) {
    if (!this.#takes(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (carriesFiles(event.dataTransfer)) this.#show();
  }

  #show() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), LEFT);
    if (!this.#overlay.hidden) return;
    this.#overlay.hidden = false;
    // Above everything, open dialogs too.
    this.#overlay.showPopover?.();
  }

  #hide() {
    clearTimeout(this.#timer);
    if (this.#overlay.hidden) return;
    this.#overlay.hidePopover?.();
    this.#overlay.hidden = true;
  }

  #dropped(event) {
    this.#hide();
    if (!this.#takes(event)) return;
    event.preventDefault();
    const found = filesDropped(event.dataTransfer);
    this.#add(found.files, leftOut(found));
  }

  #pasted(event) {
    const files = event.clipboardData ? filesPasted(event.clipboardData) : [];
    if (files.length === 0) return;
    event.preventDefault();
    this.#add(files, null);
  }
}

function carriesFiles({ types }) {
  return [...types].includes('Files');
}

function isField(target) {
  return target instanceof Element && target.closest('textarea, input, [contenteditable]') !== null;
}
