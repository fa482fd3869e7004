/**
 * Receives a request's body chunk by chunk, with a pause after each as a slow network has it. Gives {bytes}, or
 * {tooLarge} as soon as there are too many, or null when the sender left in the middle.
 */
export async function received(request, { pause, maxBytes }) {
  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) return { tooLarge: true };
      if (pause() > 0) await new Promise((resolve) => setTimeout(resolve, pause()));
    }
  } catch {
    return null;
  }
  return request.complete ? { bytes: Buffer.concat(chunks) } : null;
}

/** The parts of a multipart/form-data body that have a file name, each {name, bytes}. */
export function filesOf(body, contentType) {
  const boundary = Buffer.from(`--${/boundary="?([^";]+)/.exec(contentType)[1]}`);
  const files = [];
  let from = body.indexOf(boundary);
  while (from >= 0) {
    const next = body.indexOf(boundary, from + boundary.length);
    if (next < 0) return files;
    const part = body.subarray(from + boundary.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const name = /filename="([^"]*)"/.exec(part.subarray(0, end).toString('utf8'))?.[1];
    if (name !== undefined) files.push({ name: name.replaceAll('%22', '"'), bytes: part.subarray(end + 4) });
    from = next;
  }
  return files;
}
