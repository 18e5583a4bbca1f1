// Bytes and texts that look like a release's and come out the same for the same seed. Not for keys.
import { createHash } from 'node:crypto';

export interface SeededRandom {
  /** 0 ≤ n < limit */
  below(limit: number): number;
  bytes(length: number): Buffer;
}

/** sfc32 (Chris Doty-Humphrey's small fast counter), seeded with a hash of `seed`. */
export function seeded(seed: string): SeededRandom {
  const state = createHash('sha256').update(seed).digest();
  let a = state.readUInt32LE(0);
  let b = state.readUInt32LE(4);
  let c = state.readUInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  return {
    below: (limit) => next() % limit,
    bytes(length) {
      const buffer = Buffer.alloc(length);
      let at = 0;
      for (; at + 4 <= length; at += 4) buffer.writeUInt32LE(next(), at);
      for (; at < length; at++) buffer[at] = next() & 0xff;
      return buffer;
    },
  };
}

const words = [
  'buffer',
  'index',
  'reader',
  'writer',
  'offset',
  'length',
  'result',
  'value',
  'parser',
  'token',
  'scope',
  'frame',
  'table',
  'entry',
  'block',
  'source',
  'target',
  'symbol',
  'field',
  'method',
  'channel',
  'packet',
] as const;

/** About `length` bytes of source text: repetitive as source is, and about as compressible. */
export function sourceText(random: SeededRandom, name: string, length: number): Buffer {
  const word = (): string => words[random.below(words.length)] ?? 'value';
  const lines = [
    `// Package ${name} is made up by Gangway's lab. It is not Go's.`,
    `package ${name}`,
    '',
  ];
  let size = 64;
  while (size < length) {
    const [one, two, three] = [word(), word(), word()];
    const number = random.below(1 << 30).toString(36);
    const lot = [
      `// ${one}${number} holds the ${two} of a ${three} while the ${word()} is read.`,
      `func ${one}${number}(${two} int, ${three} []byte) (int, error) {`,
      `\tif ${two} > ${String(random.below(65536))} {`,
      `\t\treturn ${String(random.below(4096))}, err${word()}${random.below(1 << 20).toString(36)}`,
      '\t}',
      `\treturn ${two} + len(${three}), nil`,
      '}',
      '',
    ];
    for (const line of lot) size += line.length + 1;
    lines.push(...lot);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Begins as a Windows program does ("MZ"), and is none. Its share of noise makes it compress as programs do. */
export function programBytes(random: SeededRandom, label: string, length: number): Buffer {
  const head = Buffer.alloc(128);
  head.write('MZ', 0, 'latin1');
  head.write(`${label}: made up by Gangway's lab, not a program`, 16, 'latin1');
  const noise = random.bytes(Math.max(0, Math.floor((length - head.length) * 0.43)));
  const rest = Buffer.alloc(Math.max(0, length - head.length - noise.length));
  return Buffer.concat([head, noise, rest]);
}
