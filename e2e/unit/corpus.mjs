const SIZE = 100_000;

function times(count, piece) {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}

/** Texts made to be slow or deep for a careless reader of Markdown. */
export const HOSTILE = [
  ...[
    '*a **b ', '*a_ ', '[a](b', '[', '![', '````a', '> ', '- ', '1. ', 'a**b', 'c* ', '_*_*', '***a ', '](', '[a](b "',
    '<http://', '&#1', '|a', '| a |\n', '[a](<b', '~~', '\\', 'https://a(', '*', '#', '-\n', 'a\n', '- a\n  - b\n',
    '> a\nb\n', '```\n', 'a\n---\n', '* * * ', '- - - x', '- a\n  # b\n', '[1]', '\t', '<br', 'h', '[![a](b)](c) ',
  ].map((piece) => ({ name: JSON.stringify(piece), text: piece.repeat(SIZE / piece.length) })),
  { name: 'runs of backticks of every length', text: times(440, (n) => `${'`'.repeat(n + 1)}a`) },
  { name: 'a staircase of lists', text: times(2_000, (n) => `${' '.repeat(n % 60)}- x\n`) },
  { name: 'a huge table', text: `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(16_000)}` },
  { name: 'a table of many columns', text: `${'|a'.repeat(25_000)}\n${'|-'.repeat(25_000)}\n${'|\n'.repeat(100)}` },
  { name: 'a fence that never closes', text: `\`\`\`\n${'line of code\n'.repeat(8_000)}` },
  { name: 'an item with many headings', text: `- a\n${'  # b\n'.repeat(16_000)}` },
  { name: 'blank lines in a list', text: `- a\n${'\n'.repeat(SIZE)}b` },
  { name: 'white space', text: `${' '.repeat(SIZE)}x` },
];

/** One of everything. */
export const MARKDOWN_SAMPLE = `# Title

A paragraph with **strong** words
and [1] a citation.

1. one
2. two
   - nested *a*
   - nested \`b\`

   more of two
3. three

> quoted
> - list in quote

| a | b |
|---|:-:|
| 1 | [x](https://x.y/z) |

\`\`\`java
class A {

}
\`\`\`

Last
---

- [ ] open
- [x] done

End with https://x.y and ~~gone~~ [2].
`;

/** Addresses that must never become a link of an answer. */
export const UNSAFE_LINKS = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:msgbox(1)', 'file:///etc/passwd',
  'blob:https://x.y/1', 'mailto:a@b.c', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example',
  'https://user:password@evil.example/', 'https://', 'http:javascript', 'relative/path', '../up', '#anchor', '', '?q=1',
];
