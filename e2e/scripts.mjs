export const DOCUMENTS = {
  'guides/agents': `# Connect your own agent

An agent is a gRPC service. It may be written in any language; the contract is one file.

## In one minute

1. Generate the stubs from \`agent.proto\`.
2. Implement \`Chat\`: it receives the message and the recent history, and streams events.
3. Start the gateway with \`--agent.target=dns:///localhost:50052\`.

The request carries the session, the run, the message and recent history, so an agent may be stateless.
It never needs to know who is watching, or through which protocol.

| Event | Means |
|---|---|
| \`text.delta\` | a piece of the answer |
| \`tool.started\` | the agent calls a tool |
| \`citation.added\` | a passage that the answer quotes |

\`\`\`python
class Agent(AgentServicer):
    def Chat(self, request, context):
        for word in answer(request.message):
            yield ChatEvent(text_delta=TextDelta(text=word))
\`\`\`

> A viewer that leaves does not cancel the run. Only an explicit cancel, or two minutes without any viewer, does.

See [how a stream is resumed](../reference/streaming.md#resume) and [the contract](../../proto/agent.proto).
`,
  'reference/streaming': '# Streaming\n\n## Resume\n\nSend the last cursor as `Last-Event-ID`.\n',
};

const PASSAGE = 'The request carries the session, the run, the message and recent history, '
  + 'so an agent may be stateless.';
const QUOTED = DOCUMENTS['guides/agents'].indexOf(PASSAGE);
const POSITION = { start: QUOTED, end: QUOTED + PASSAGE.length };

const AGENTS = `You connect an agent by pointing the gateway at a **gRPC service**; nothing else changes. [1]

1. Generate the stubs from \`agent.proto\` in your language.
2. Implement \`Chat\`. It receives the message *and* the recent history, so it may be stateless. [1]
3. Start the gateway with the agent's address:

\`\`\`bash
./daveloper --agent.target=dns:///localhost:50052
\`\`\`

The events that an agent may send:

| Event | Means |
|---|---|
| \`text.delta\` | a piece of the answer |
| \`tool.started\` | a tool is called |
| \`citation.added\` | a passage that is quoted |

An agent never learns who is watching. Resuming, several viewers and history are the gateway's work. [2]`;

const CITATIONS = [
  { type: 'citation.added', index: 1, url: `/library/guides/agents#p=${POSITION.start}-${POSITION.end}`,
    title: 'Connect your own agent', quote: PASSAGE, position: POSITION },
  { type: 'citation.added', index: 2, url: '/library/reference/streaming#p=0-20', title: 'Streaming',
    quote: 'Send the last cursor as Last-Event-ID.', position: { start: 24, end: 62 } },
];

function words(text) {
  return text.match(/\s*\S+/g).map((word) => ({ type: 'text.delta', text: word }));
}

export const LONG = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ');

const SCRIPTS = {
  long: () => ({ steps: words(LONG) }),
  endless: () => ({ steps: words(Array.from({ length: 40 }, () => LONG).join('\n\n')) }),
  slow: () => ({ steps: [{ ...words('late')[0], pause: 60_000 }] }),
  halting: () => ({ steps: [...words('It begins, and'), { ...words(' stops')[0], pause: 60_000 }] }),
  flaky: () => ({ steps: words(LONG), cutAfter: 17 }),
  interrupted: () => ({ steps: words('Half of an ans'), outcome: 'interrupted' }),
  failed: () => ({
    steps: words('A part'), outcome: 'failed',
    error: { code: 'agent_failed', status: 502, title: 'The agent failed', detail: 'The agent broke off its answer.' },
  }),
  limited: () => ({ steps: words('As far as it goes'), outcome: 'limited' }),
  hostile: () => ({
    steps: words('<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> [a](javascript:alert(1)) '
      + '![p](https://example.org/pixel.png) [evil](data:text/html,x) [ok](https://example.org/) <b>bold</b>'),
  }),
};

/** An answer that quotes a document of the person's own. */
function quoting({ id, name, pages }) {
  const position = { start: 0, end: 61, ...(pages ? { page: 2 } : {}) };
  return {
    steps: [
      ...words('It says what the harvest was, year by year. [1]'),
      { type: 'citation.added', index: 1, documentId: id, title: name, position,
        quote: 'In the second year the harvest doubled, as the tables show.' },
    ],
  };
}

/** The script of the answer to a message: {steps, outcome, error, pace, cutAfter}. */
export function scriptFor(message, documents = []) {
  const named = SCRIPTS[message.trim().toLowerCase()];
  if (named) return named();
  const asked = documents.find(({ name }) => message.includes(name));
  if (asked) return quoting(asked);
  return {
    steps: [
      { type: 'reasoning.delta', text: 'The question is about agents. ' },
      { type: 'reasoning.delta', text: 'The guide for them should say it; **search** it first.' },
      { type: 'tool.started', callId: 'call_1', name: 'search_documents', arguments: '{"query":"connect an agent"}' },
      { type: 'tool.finished', callId: 'call_1', ok: true, output: '{"found":2}', pause: 120 },
      ...words(AGENTS).slice(0, 20),
      CITATIONS[0],
      ...words(AGENTS).slice(20),
      CITATIONS[1],
      { type: 'usage.reported', inputTokens: 812, outputTokens: 240 },
      { type: 'something.new', surprising: true },
    ],
  };
}
