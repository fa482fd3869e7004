import { icon } from './icons.js';

const SHOWN = 1_600;

/** Copies and says so on the button that was pressed. */
export async function copyFrom(button, text, announcer) {
  const done = await copy(text);
  const label = button.querySelector('span');
  button.querySelector('.icon').replaceWith(icon(done ? 'check' : 'cross'));
  label.textContent = done ? 'Copied' : 'Not copied';
  announcer.say(label.textContent);
  setTimeout(() => {
    button.querySelector('.icon').replaceWith(icon('copy'));
    label.textContent = 'Copy';
  }, SHOWN);
}

/** Whether the text is on the clipboard now. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For pages without TLS, where browsers keep the clipboard away from scripts. */
function copyBySelection(text) {
  const field = document.createElement('textarea');
  const focused = document.activeElement;
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
