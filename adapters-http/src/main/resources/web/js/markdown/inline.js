import { scan } from './inline-scan.js';

/** Deepest nesting of emphasis and links that is shown; what is deeper keeps its text and loses its style. */
export const MAX_INLINE_DEPTH = 12;

/** How many openers a closing delimiter looks back over. */
const MAX_LOOK_BACK = 8;
const MARKS = ['*', '_', '~'];

/**
 * The inline tree of one block: nodes are {type: 'text', text} · code {text} · break · cite {index} ·
 * link {href, title, image, children} · emphasis, strong, strike {children}.
 * With `partial` the text is the end of something still being written: what is open counts as closed at its end, so
 * that half-written markup does not flash.
 */
export function parseInlines(text, { partial = false } = {}) {
  const tokens = scan(text, partial);
  if (partial && tokens.at(-1)?.type === 'delimiter') tokens.pop();
  const unclosed = pair(tokens);
  if (partial) heal(tokens, unclosed);
  return build(tokens);
}

/** Matches opening with closing delimiters; returns the openers left over. Each delimiter is pushed and popped once. */
function pair(tokens) {
  const stacks = { '*': [], _: [], '~': [] };
  const floors = [{ '*': 0, _: 0, '~': 0 }];
  tokens.forEach((token, index) => {
    if (token.type === 'link') floors.push(heights(stacks));
    else if (token.type === 'endlink') truncate(stacks, floors.pop());
    else if (token.type === 'delimiter') {
      if (token.closes) close(tokens, token, stacks, floors.at(-1));
      if (token.opens && token.left > 0) stacks[token.mark].push(index);
    }
  });
  return MARKS.flatMap((mark) => stacks[mark]).sort((a, b) => b - a);
}

function heights(stacks) {
  return { '*': stacks['*'].length, _: stacks._.length, '~': stacks['~'].length };
}

function truncate(stacks, floor) {
  for (const mark of MARKS) stacks[mark].length = Math.min(stacks[mark].length, floor[mark]);
}

function close(tokens, closer, stacks, floor) {
  const stack = stacks[closer.mark];
  while (closer.left > 0) {
    const place = findOpener(tokens, closer, stack, floor[closer.mark]);
    if (place < 0) return;
    stack.length = place + 1;
    const opener = tokens[stack[place]];
    dropAfter(stacks, stack[place], floor);
    const size = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
    opener.left -= size;
    closer.left -= size;
    opener.open.push(size);
    closer.close.push(size);
    if (opener.left === 0) stack.pop();
  }
}

function findOpener(tokens, closer, stack, floor) {
  const lowest = Math.max(floor, stack.length - MAX_LOOK_BACK);
  for (let place = stack.length - 1; place >= lowest; place -= 1) {
    const opener = tokens[stack[place]];
    if (!clash(opener, closer)) return place;
  }
  return -1;
}

/** The rule of three of the Markdown standard, for runs that could both open and close. */
function clash(opener, closer) {
  if (!opener.closes && !closer.opens) return false;
  return (opener.size + closer.size) % 3 === 0 && (opener.size % 3 !== 0 || closer.size % 3 !== 0);
}

function dropAfter(stacks, index, floor) {
  for (const mark of MARKS) {
    const stack = stacks[mark];
    while (stack.length > floor[mark] && stack.at(-1) > index) stack.pop();
  }
}

function heal(tokens, unclosed) {
  for (const index of unclosed.slice(0, 4)) {
    const opener = tokens[index];
    const size = opener.left >= 2 ? 2 : 1;
    opener.left -= size;
    opener.open.push(size);
  }
}

function build(tokens) {
  const root = { children: [] };
  const stack = [root];
  let hidden = 0;
  const open = (node) => {
    if (stack.length > MAX_INLINE_DEPTH) hidden += 1;
    else {
      stack.at(-1).children.push(node);
      stack.push(node);
    }
  };
  const shut = () => {
    if (hidden > 0) hidden -= 1;
    else if (stack.length > 1) stack.pop();
  };
  for (const token of tokens) emit(token, stack, open, shut);
  return root.children;
}

function emit(token, stack, open, shut) {
  const siblings = stack.at(-1).children;
  switch (token.type) {
    case 'text': return addText(siblings, token.parts.join(''));
    case 'bracket': return addText(siblings, token.text);
    case 'code': return siblings.push({ type: 'code', text: token.text });
    case 'break': return siblings.push({ type: 'break' });
    case 'cite': return siblings.push({ type: 'cite', index: token.index });
    case 'autolink':
      return siblings.push({ type: 'link', href: token.href, children: [{ type: 'text', text: token.href }] });
    case 'link':
      return open({ type: 'link', href: token.href, title: token.title, image: token.image === true, children: [] });
    case 'endlink': return shut();
    default: return emitDelimiter(token, stack, open, shut);
  }
}

function emitDelimiter(token, stack, open, shut) {
  token.close.forEach(shut);
  if (token.left > 0) addText(stack.at(-1).children, token.mark.repeat(token.left));
  for (const size of token.open.reverse()) open({ type: kindOf(token.mark, size), children: [] });
}

function kindOf(mark, size) {
  if (mark === '~') return 'strike';
  return size === 2 ? 'strong' : 'emphasis';
}

function addText(siblings, text) {
  const last = siblings.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') siblings.push({ type: 'text', text });
}
