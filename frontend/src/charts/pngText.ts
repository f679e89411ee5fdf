const SIGNATURE = 8;
/** Length, name and checksum of a chunk. */
const AROUND = 12;
const HEADER_DATA = 13;
const LONGEST_KEYWORD = 79;

/**
 * A PNG with texts in it (iTXt chunks after its header, UTF-8, not compressed), each under a keyword.
 * Throws a RangeError for a keyword that the format does not allow: 1 to 79 printable ASCII letters.
 */
export function withTexts(
  png: Uint8Array<ArrayBuffer>,
  texts: readonly (readonly [keyword: string, text: string])[],
): Uint8Array<ArrayBuffer> {
  const start = SIGNATURE + AROUND + HEADER_DATA;
  return joined([png.subarray(0, start), ...texts.map(textChunk), png.subarray(start)]);
}

function textChunk([keyword, text]: readonly [string, string]): Uint8Array {
  if (!/^[ -~]+$/.test(keyword) || keyword.length > LONGEST_KEYWORD) {
    throw new RangeError(`“${keyword}” cannot be a keyword of a PNG: 1 to 79 ASCII letters can.`);
  }
  const encoder = new TextEncoder();
  // After the keyword: not compressed, by method 0, no language, no translated keyword.
  return chunk(
    "iTXt",
    joined([encoder.encode(keyword), new Uint8Array([0, 0, 0, 0, 0]), encoder.encode(text)]),
  );
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = joined([new TextEncoder().encode(name), data]);
  return joined([bigEndian(data.length), named, bigEndian(crc32(named))]);
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The checksum of PNG (ISO 3309), bit by bit: texts are short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
