// Draws shapes into pixels by sampling each pixel on a fine grid, and packs pixels as PNG and ICO. No library: the drawings
// are a few straight lines and circles, and the files come out the same on every machine.
import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue 0–255 and alpha 0–1; `null` wipes what lies beneath. */
export type Ink = readonly [number, number, number, number] | null;

/** One layer over those before it. Coordinates are pixels from the top left corner, at the sample's own place. */
export interface Layer {
  covers(x: number, y: number): boolean;
  ink(x: number, y: number): Ink;
}

export interface Picture {
  readonly size: number;
  /** RGBA, straight alpha, row by row from the top. */
  readonly pixels: Uint8Array;
}

/** Samples along each side of a pixel: many where a pixel is a large part of the picture. */
const samplesFor = (size: number): number => (size >= 128 ? 4 : 12);

export function draw(size: number, layers: readonly Layer[]): Picture {
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      pixels.set(samplePixel(column, row, layers, samplesFor(size)), (row * size + column) * 4);
    }
  }
  return { size, pixels };
}

function samplePixel(
  column: number,
  row: number,
  layers: readonly Layer[],
  samples: number,
): number[] {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  for (let down = 0; down < samples; down += 1) {
    for (let across = 0; across < samples; across += 1) {
      const sample = composite(
        column + (across + 0.5) / samples,
        row + (down + 0.5) / samples,
        layers,
      );
      red += sample[0] * sample[3];
      green += sample[1] * sample[3];
      blue += sample[2] * sample[3];
      alpha += sample[3];
    }
  }
  if (alpha === 0) return [0, 0, 0, 0];
  const mean = alpha / (samples * samples);
  return [red / alpha, green / alpha, blue / alpha, mean * 255].map((value) => Math.round(value));
}

/** One sample: each layer over what lies beneath it. */
function composite(
  x: number,
  y: number,
  layers: readonly Layer[],
): readonly [number, number, number, number] {
  let under: readonly [number, number, number, number] = [0, 0, 0, 0];
  for (const layer of layers) {
    if (!layer.covers(x, y)) continue;
    const ink = layer.ink(x, y);
    if (ink === null) {
      under = [0, 0, 0, 0];
      continue;
    }
    const [red, green, blue, alpha] = ink;
    const rest = under[3] * (1 - alpha);
    const total = alpha + rest;
    const mix = (over: number, beneath: number): number => (over * alpha + beneath * rest) / total;
    under = [mix(red, under[0]), mix(green, under[1]), mix(blue, under[2]), total];
  }
  return under;
}

export function rectangle(
  left: number,
  top: number,
  right: number,
  bottom: number,
): Layer['covers'] {
  return (x, y) => x >= left && x < right && y >= top && y < bottom;
}

export function disc(centreX: number, centreY: number, radius: number): Layer['covers'] {
  return (x, y) => Math.hypot(x - centreX, y - centreY) <= radius;
}

/** Between two heights at `left` and the two at `right`, straight: a plank with upright ends. */
export function plank(
  left: number,
  leftTop: number,
  right: number,
  rightTop: number,
  thickness: number,
): Layer['covers'] {
  return (x, y) => {
    if (x < left || x >= right) return false;
    const top = leftTop + ((x - left) / (right - left)) * (rightTop - leftTop);
    return y >= top && y < top + thickness;
  };
}

export function png({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    rows.set(pixels.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Several sizes in one file. Below 256 px as bitmaps, which every program that reads icons knows; 256 px as PNG. */
export function ico(pictures: readonly Picture[]): Buffer {
  const images = pictures.map((picture) => (picture.size >= 256 ? png(picture) : bitmap(picture)));
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  pictures.forEach(({ size }, index) => {
    const at = 6 + 16 * index;
    const length = images[index]?.length ?? 0;
    directory.set([size % 256, size % 256, 0, 0], at);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += length;
  });
  return Buffer.concat([directory, ...images]);
}

/** A BITMAPINFOHEADER of twice the height, BGRA from the bottom row up, and an empty mask. */
function bitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const from = ((size - 1 - row) * size + column) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(from, from + 4);
      colours.set([blue, green, red, alpha], (row * size + column) * 4);
    }
  }
  const mask = Buffer.alloc(size * Math.ceil(size / 32) * 4);
  return Buffer.concat([header, colours, mask]);
}
