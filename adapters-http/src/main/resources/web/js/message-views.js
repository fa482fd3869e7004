import { endingOf } from './answer.js';
import { citationMarker, revealMarkers, sourceList } from './citations.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { safeLink } from './links.js';
import { MarkdownView } from './markdown-view.js';
import { problemDetails } from './problem-details.js';
import { ToolCard } from './tool-card.js';

/** What the person wrote, verbatim. */
export class QuestionView {
  constructor(message) {
    this.words = el('div', { class: 'question-text' });
    this.notice = el('div', { class: 'notice', role: 'alert', hidden: '' });
    this.root = el('article', { class: 'message question', 'aria-label': 'You asked' }, this.words, this.notice);
    this.update(message);
  }

  update(message) {
    this.message = message;
    this.words.textContent = message.text;
  }

  /** Says below the question why it has no answer. `again` is called when the person wants another try. */
  refuse({ title, detail, problem = {} }, again) {
    const retry = again ? againButton() : null;
    retry?.addEventListener('click', again);
    this.notice.replaceChildren(
      icon('alert'), el('p', {}, el('strong', { text: title }), detail ? ` ${detail}` : null), retry ?? '',
      problemDetails(problem) ?? '');
    this.notice.hidden = false;
    this.root.dataset.refused = 'true';
  }

  accept() {
    this.notice.hidden = true;
    delete this.root.dataset.refused;
    this.notice.replaceChildren();
  }
}

function againButton() {
  return el('button', { type: 'button', class: 'button again' }, icon('again'), 'Try again');
}

/** One answer, being written or finished. `update` may be called for every frame and touches only what differs. */
export class AnswerView {
  #citations = new Map();
  #tools = new Map();
  #prose = el('div', { class: 'prose' });
  #thoughts = el('div', { class: 'prose thoughts' });
  #reasoningWord = el('span');
  #reasoning = el('details', { class: 'card reasoning', hidden: '' });
  #cards = el('div', { class: 'cards', hidden: '' });
  #waiting = el('p', { class: 'waiting' }, el('span', { class: 'dots', 'aria-hidden': 'true' },
    el('i'), el('i'), el('i')), el('span', { class: 'visually-hidden', text: 'Waiting for the answer' }));
  #note = el('p', { class: 'hint note', role: 'status' });
  #tail = el('div', { class: 'answer-tail' });
  #tailKey = null;

  constructor(message) {
    this.#reasoning.append(el('summary', {}, icon('thought'), this.#reasoningWord), this.#thoughts);
    this.root = el('article', { class: 'message answer', 'aria-label': 'Answer' },
      this.#reasoning, this.#cards, this.#prose, this.#waiting, this.#note, this.#tail);
    const link = (href) => safeLink(href, { origin: location.origin });
    const cite = (index) => citationMarker(index, this.#citations.get(index));
    this.text = new MarkdownView(this.#prose, { link, cite, headingShift: 2 });
    this.thoughts = new MarkdownView(this.#thoughts, { link, headingShift: 2 });
    this.update(message);
  }

  update(message) {
    this.message = message;
    const live = message.live === true;
    this.root.classList.toggle('live', live);
    // Not the whole article: what changes in a busy part is not read out, and a note should be.
    this.#prose.setAttribute('aria-busy', String(live));
    this.#learn(message.citations ?? []);
    this.text.show(message.text, { partial: live });
    if (message.reasoning) {
      this.#reasoning.hidden = false;
      this.#reasoningWord.textContent = live && message.text === '' ? 'Reasoning…' : 'Reasoning';
      this.thoughts.show(message.reasoning, { partial: live });
    }
    this.#showTools(message.toolCalls ?? [], live);
    this.#waiting.hidden = !live || message.text !== '';
    this.#showNote(message.notice, live);
    this.#showTail(message, live);
  }

  /** The words of the answer, as they are read out when it is finished. */
  get spoken() {
    return this.#prose.textContent;
  }

  citation(index) {
    return this.#citations.get(index);
  }

  #learn(citations) {
    for (const citation of citations) {
      if (this.#citations.has(citation.index)) continue;
      this.#citations.set(citation.index, citation);
      revealMarkers(this.#prose, citation);
    }
  }

  #showTools(calls, live) {
    this.#cards.hidden = calls.length === 0;
    for (const call of calls) {
      if (!this.#tools.has(call.callId)) {
        const card = new ToolCard();
        this.#tools.set(call.callId, card);
        this.#cards.append(card.root);
      }
      this.#tools.get(call.callId).update(call, live);
    }
  }

  /** What was told beside the answer. Once it is over its room stays until the end, so that nothing jumps. */
  #showNote(notice, live) {
    const words = this.#note.firstElementChild;
    if (!notice) words?.classList.add('over');
    else if (words?.textContent !== notice.text || words.classList.contains('over')) {
      this.#note.replaceChildren(el('span', { text: notice.text }));
    }
    if (!live) this.#note.remove();
  }

  #showTail(message, live) {
    const { outcome, error, citations, usage, at, text } = message;
    const key = JSON.stringify([live, outcome, error, citations, usage, at, text === '']);
    if (key === this.#tailKey) return;
    this.#tailKey = key;
    const ending = live ? null : endingOf(message);
    this.#tail.replaceChildren(
      ...(ending ? [endingNote(ending)] : []),
      ...(!live && citations?.length ? [sourceList(citations)] : []),
      ...(live ? [] : [footer(message)]));
  }
}

function endingNote({ word, sentence, again, problem }) {
  return el('div', { class: `ending ${again ? 'ending-failed' : ''}` },
    el('p', {}, el('strong', { text: word }), sentence ? ` ${sentence}` : null),
    again ? againButton() : null,
    problem ? problemDetails(problem) : null);
}

function footer({ text, at, usage }) {
  const copy = text === '' ? null : el('button', { type: 'button', class: 'quiet-button', 'data-copy': 'answer' },
    icon('copy'), el('span', { text: 'Copy' }));
  const moment = at ? el('time', { datetime: at, text: momentInWords(new Date(at)) }) : null;
  const tokens = usage?.outputTokens ? el('span', { text: `${usage.outputTokens.toLocaleString()} tokens` }) : null;
  return el('footer', { class: 'answer-foot' }, copy, moment, tokens);
}

function momentInWords(moment) {
  const today = new Date().toDateString() === moment.toDateString();
  const day = today ? {} : { day: 'numeric', month: 'short' };
  return moment.toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}
