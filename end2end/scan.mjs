// Words looked for in every byte of a profile, however they may lie there: in each encoding, and inside the blocks a
// database or a cache has packed.

import { readFile } from 'node:fs/promises';
import { brotliDecompressSync, constants, inflateRawSync } from 'node:zlib';

import { files } from './profile.mjs';

// Nothing shorter says anything: six bytes are found by chance.
const SHORTEST = 8;
const LARGEST = 64 << 20;

const bare = (word) => word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
const escaped = (text) => [...text].map((sign) => (sign < '\x7f' ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('');
const capital = (text) => text.replace(/[%u][0-9a-f]{2,4}/g, (code) => code[0] + code.slice(1).toUpperCase());
const swapped = (bytes) => Buffer.from(bytes).swap16();

function base64(raw) {
  const found = [];
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), raw]).toString('base64');
    // The first and the last group depend on what stands beside them.
    const inside = text.slice(before === 0 ? 0 : 4, Math.floor((before + raw.length) / 3) * 4);
    found.push(inside, inside.replace(/\+/g, '-').replace(/\//g, '_'));
  }
  return found.map((text) => Buffer.from(text));
}

// Every form of a name or a number.
export function shapes(word) {
  const digits = /^\d{12}$/.test(word) && word.match(/\d{3}/g);
  const forms = digits
    ? [word, ...[' ', '.', '-', '\u00a0'].map((between) => digits.join(between))]
    : [word, word.normalize('NFD'), bare(word)].flatMap((form) => [form, form.toUpperCase(), form.toLowerCase()]);
  const found = new Map();
  const put = (shape) => shape.length >= SHORTEST && found.set(shape.toString('latin1'), shape);
  for (const form of new Set(forms)) {
    const wide = Buffer.from(form, 'utf16le');
    for (const raw of [Buffer.from(form), wide, swapped(wide)]) {
      put(raw);
      put(Buffer.from(raw.toString('hex')));
      put(Buffer.from(raw.toString('hex').toUpperCase()));
      base64(raw).forEach(put);
    }
    const percent = encodeURIComponent(form);
    for (const text of [percent, percent.toLowerCase(), percent.replace(/%20/g, '+'), escaped(form), capital(escaped(form))]) {
      put(Buffer.from(text));
    }
  }
  return [...found.values()];
}

// A table that finds any of many shapes in one pass over the bytes.
export class Scan {
  #first = new Uint8Array(1 << 24);
  #shapes = new Map();

  constructor(words) {
    for (const word of words) {
      for (const shape of shapes(word)) {
        const key = shape[0] | (shape[1] << 8) | (shape[2] << 16);
        this.#first[key] = 1;
        if (!this.#shapes.has(key)) this.#shapes.set(key, []);
        this.#shapes.get(key).push({ word, shape });
      }
    }
  }

  // The words found in these bytes.
  in(bytes) {
    const found = new Set();
    for (let at = 0; at + SHORTEST <= bytes.length; at += 1) {
      const key = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
      if (this.#first[key] === 0) continue;
      for (const { word, shape } of this.#shapes.get(key)) {
        if (bytes[at + 3] !== shape[3] || at + shape.length > bytes.length) continue;
        if (bytes.compare(shape, 0, shape.length, at, at + shape.length) === 0) found.add(word);
      }
    }
    return found;
  }

  // The words found in a folder: word -> files; and how much was looked at.
  async folder(folder) {
    const hits = new Map();
    const seen = { files: 0, bytes: 0, packed: 0 };
    for (const file of await files(folder)) {
      const content = await readFile(file);
      seen.files += 1;
      seen.bytes += content.length;
      for (const [place, part] of [content, ...unpacked(content)].entries()) {
        seen.packed += place > 0 ? part.length : 0;
        for (const word of this.in(part)) {
          if (!hits.has(word)) hits.set(word, new Set());
          hits.get(word).add(file.slice(folder.length));
        }
      }
    }
    return { hits, seen };
  }
}

// What a file holds packed, as far as it can be undone.
function unpacked(content) {
  return [...tables(content), ...journal(content), ...streams(content), ...entry(content)];
}

function varint(bytes, at) {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
  throw new RangeError('not a number');
}

// Snappy, as LevelDB packs a block.
export function unsnappy(bytes) {
  let [length, at] = varint(bytes, 0);
  if (length > LARGEST) throw new RangeError('too large');
  const out = Buffer.alloc(length);
  let end = 0;
  while (at < bytes.length) {
    const tag = bytes[at];
    at += 1;
    const kind = tag & 3;
    if (kind === 0) {
      let size = tag >> 2;
      if (size >= 60) {
        const wide = size - 59;
        size = bytes.readUIntLE(at, wide);
        at += wide;
      }
      size += 1;
      bytes.copy(out, end, at, at + size);
      at += size;
      end += size;
      continue;
    }
    const size = kind === 1 ? 4 + ((tag >> 2) & 7) : (tag >> 2) + 1;
    const wide = [0, 1, 2, 4][kind];
    const back = kind === 1 ? ((tag >> 5) << 8) | bytes[at] : bytes.readUIntLE(at, wide);
    at += wide;
    if (back === 0 || back > end) throw new RangeError('not snappy');
    for (let copied = 0; copied < size; copied += 1, end += 1) out[end] = out[end - back];
  }
  return out;
}

function block(content, [at, size]) {
  const raw = content.subarray(at, at + size);
  return content[at + size] === 1 ? unsnappy(raw) : raw;
}

// The blocks of a LevelDB table.
function tables(content) {
  const MAGIC = 0xdb4775248b80fb57n;
  if (content.length < 48 || content.readBigUInt64LE(content.length - 8) !== MAGIC) return [];
  try {
    const foot = content.subarray(content.length - 48);
    let at = 0;
    const number = () => {
      let value;
      [value, at] = varint(foot, at);
      return value;
    };
    number(), number();
    const index = block(content, [number(), number()]);
    const found = [index];
    const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
    for (let place = 0; place < end; ) {
      let shared, rest, size;
      [shared, place] = varint(index, place);
      [rest, place] = varint(index, place);
      [size, place] = varint(index, place);
      place += rest;
      const [start, after] = varint(index, place);
      const [length] = varint(index, after);
      place += size;
      found.push(block(content, [start, length]));
    }
    return found;
  } catch {
    return [];
  }
}

// The records of a LevelDB log without the heads that lie between them.
function journal(content) {
  const parts = [];
  for (let start = 0; start < content.length; start += 32_768) {
    for (let at = start; at + 7 <= Math.min(start + 32_768, content.length); ) {
      const [size, kind] = [content.readUInt16LE(at + 4), content[at + 6]];
      if (kind < 1 || kind > 4 || at + 7 + size > start + 32_768) return parts.length > 0 ? [Buffer.concat(parts)] : [];
      parts.push(content.subarray(at + 7, at + 7 + size));
      at += 7 + size;
    }
  }
  return parts.length > 0 ? [Buffer.concat(parts)] : [];
}

function attempt(run) {
  try {
    const out = run();
    return out.length > 0 ? [out] : [];
  } catch {
    return [];
  }
}

// How long the head of a gzip stream is. Whatever follows the stream itself, the raw reader passes over it.
function gzipHead(content, at) {
  const flags = content[at + 3];
  let length = 10;
  if (flags & 4) length += 2 + content.readUInt16LE(at + length);
  for (const named of [8, 16]) {
    if (flags & named) length = content.indexOf(0, at + length) + 1 - at;
  }
  return flags & 2 ? length + 2 : length;
}

// Gzip and zlib streams anywhere in a file.
function streams(content) {
  const found = [];
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST };
  for (let at = 0; at + 2 < content.length; at += 1) {
    if (content[at] === 0x1f && content[at + 1] === 0x8b && content[at + 2] === 8) {
      found.push(...attempt(() => inflateRawSync(content.subarray(at + gzipHead(content, at)), options)));
    } else if (content[at] === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(content[at + 1])) {
      found.push(...attempt(() => inflateRawSync(content.subarray(at + 2), options)));
    }
  }
  return found;
}

// The body of an entry of the browser's caches, which is kept as it came: brotli or deflate.
function entry(content) {
  const MAGIC = 0xfcfb6d1ba7725c30n;
  if (content.length < 24 || content.readBigUInt64LE(0) !== MAGIC) return [];
  const body = content.subarray(24 + content.readUInt32LE(12));
  const options = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: LARGEST };
  return [
    ...attempt(() => brotliDecompressSync(body, options)),
    ...attempt(() => inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST })),
  ];
}
