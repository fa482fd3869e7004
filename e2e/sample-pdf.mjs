import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/**
 * A PDF 1.4 (ISO 32000-1) of pages, each a list of lines in Helvetica; its streams are compressed. With `encrypted` it
 * is marked as protected by a password that nobody knows.
 */
export function pdf(pages, { encrypted = false } = {}) {
  const catalog = 1;
  const tree = 2;
  const font = 3;
  const firstPage = 4;
  const objects = new Map();
  objects.set(catalog, `<< /Type /Catalog /Pages ${tree} 0 R >>`);
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  objects.set(tree, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.set(font, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  pages.forEach((lines, index) => {
    const page = firstPage + 2 * index;
    objects.set(page, `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] `
      + `/Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${page + 1} 0 R >>`);
    objects.set(page + 1, stream(content(lines)));
  });
  let trailer = `/Size ${objects.size + 1} /Root ${catalog} 0 R`;
  if (encrypted) {
    const key = objects.size + 1;
    const secret = (text) => createHash('sha256').update(text).digest('hex');
    objects.set(key, `<< /Filter /Standard /V 1 /R 2 /O <${secret('owner')}> /U <${secret('user')}> /P -4 >>`);
    const id = `<${'00'.repeat(16)}>`;
    trailer = `/Size ${key + 1} /Root ${catalog} 0 R /Encrypt ${key} 0 R /ID [${id} ${id}]`;
  }
  return written(objects, trailer);
}

/** The lines from the top of the page on, 20 points apart. */
function content(lines) {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj 0 -20 Td`);
  return `BT /F1 12 Tf 72 770 Td ${shown.join(' ')} ET`;
}

function stream(text) {
  const packed = deflateSync(Buffer.from(text, 'latin1'));
  return Buffer.concat([Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`), packed,
    Buffer.from('\nendstream')]);
}

function written(objects, trailer) {
  // Four bytes above 127 tell transports that the file is binary.
  const parts = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0].length;
  const offsets = [];
  for (const [number, body] of objects) {
    offsets.push(length);
    const object = Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
    parts.push(object);
    length += object.length;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.size + 1}\n0000000000 65535 f \n${entries}`
    + `trailer\n<< ${trailer} >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
