import { crc32, deflateRawSync } from 'node:zlib';

const STORED = 0;
const DEFLATED = 8;
const VERSION = 20;
/** UTF-8 names. */
const FLAGS = 0x0800;
/** 1 January 2020, 00:00, as MS-DOS writes it. */
const DATE = (40 << 9) | (1 << 5) | 1;

/**
 * A zip archive (APPNOTE 6.3, without its extensions to 64 bits) of [name, content] pairs in this order. An entry whose
 * name is in `stored` is not compressed.
 */
export function zip(entries, stored = []) {
  const files = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const plain = Buffer.from(content);
    const method = stored.includes(name) ? STORED : DEFLATED;
    const packed = method === STORED ? plain : deflateRawSync(plain);
    const about = described(name, plain, packed, method);
    files.push(number32(0x04034b50), about.local, about.name, packed);
    directory.push(number32(0x02014b50), number16(VERSION), about.local, number16(0), number16(0), number16(0),
      number32(0), number32(offset), about.name);
    offset += 4 + about.local.length + about.name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.concat([number32(0x06054b50), number16(0), number16(0), number16(entries.length),
    number16(entries.length), number32(index.length), number32(offset), number16(0)]);
  return Buffer.concat([...files, index, end]);
}

function described(name, plain, packed, method) {
  const bytes = Buffer.from(name);
  const local = Buffer.concat([number16(VERSION), number16(FLAGS), number16(method), number16(0), number16(DATE),
    number32(crc32(plain)), number32(packed.length), number32(plain.length), number16(bytes.length), number16(0)]);
  return { local, name: bytes };
}

function number16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function number32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
