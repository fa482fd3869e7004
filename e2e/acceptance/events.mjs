/** The data of server-sent events as they come, each parsed; to leave the loop is to leave the stream. */
export async function* eventsOf(response) {
  for await (const { data } of blocksOf(response)) if (data) yield JSON.parse(data);
}

/** The blocks of an event stream with their fields; a comment alone is a block without any. */
export async function* blocksOf(response) {
  let waiting = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    waiting += piece;
    const blocks = waiting.split('\n\n');
    waiting = blocks.pop();
    for (const block of blocks) yield fieldsOf(block);
  }
}

function fieldsOf(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name) fields[name] = value;
  }
  return fields;
}
