// Draws the app's icon and the tray's icons from their geometry and writes them to `assets`. Every size is drawn apart: no
// picture is a scaled one. Run it after a change here; what it writes is committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  disc,
  draw,
  ico,
  plank,
  png,
  rectangle,
  type Ink,
  type Layer,
  type Picture,
} from './raster';

export const trayStates = ['idle', 'working', 'exclusionActive', 'blocked', 'paused'] as const;
export type TrayState = (typeof trayStates)[number];
export type Taskbar = 'light' | 'dark';

export const traySizes = [16, 20, 24, 32] as const;
export type TraySize = (typeof traySizes)[number];
export const appSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

const palette = {
  light: { glyph: '#1B1F20', dot: '#086773', disc: '#9D5D00', mark: '#FFFFFF', paused: '#C42B1C' },
  dark: { glyph: '#FFFFFF', dot: '#6BBECC', disc: '#FFC83D', mark: '#000000', paused: '#FF8A85' },
} as const;

/** The brand ramp's steps that the app's icon uses. */
const brand = { top: '#167683', bottom: '#00424B', edge: '#4FACBB' } as const;

/**
 * What does not simply grow with the size, in whole pixels: the middle piece of the plank, and the disc with its
 * exclamation mark (bar from, to; dot from, to), so that no upright edge falls between pixels.
 */
const fitted: Readonly<
  Record<
    TraySize,
    {
      readonly middle: readonly [number, number];
      readonly badge: number;
      readonly bar: readonly [number, number];
      readonly dot: readonly [number, number];
      readonly width: number;
    }
  >
> = {
  16: { middle: [6, 10], badge: 5, bar: [8, 12], dot: [13, 15], width: 2 },
  20: { middle: [7, 13], badge: 6, bar: [10, 15], dot: [16, 18], width: 2 },
  24: { middle: [9, 15], badge: 7.5, bar: [12, 17], dot: [19, 22], width: 3 },
  32: { middle: [12, 20], badge: 10, bar: [16, 24], dot: [26, 30], width: 4 },
};

export function drawTray(state: TrayState, taskbar: Taskbar, size: TraySize): Picture {
  const unit = size / 16;
  const colours = palette[taskbar];
  const glyph = solid(state === 'paused' ? colours.paused : colours.glyph);
  const leftEdge = rectangle(0, 12 * unit, 4 * unit, size);
  const rightEdge = rectangle(12 * unit, 8 * unit, size, size);
  const whole = plank(0, 8.5 * unit, size, 1.7 * unit, 2.5 * unit);
  const { middle, badge } = fitted[size];
  const centre = size - badge;

  switch (state) {
    case 'idle':
      return draw(size, [glyph(whole), glyph(leftEdge), glyph(rightEdge)]);
    case 'working': {
      const pieces: Layer['covers'] = (x, y) =>
        (x < 4 * unit || (x >= middle[0] && x < middle[1]) || x >= 12 * unit) && whole(x, y);
      return draw(size, [glyph(pieces), glyph(leftEdge), glyph(rightEdge)]);
    }
    case 'exclusionActive':
      return draw(size, [
        glyph(whole),
        glyph(leftEdge),
        glyph(rightEdge),
        solid(colours.dot)(disc(8 * unit, 13 * unit, 2.6 * unit)),
      ]);
    case 'blocked': {
      const { bar, dot, width } = fitted[size];
      const mark = solid(colours.mark);
      return draw(size, [
        glyph(whole),
        glyph(leftEdge),
        wipe(disc(centre, centre, badge + unit)),
        solid(colours.disc)(disc(centre, centre, badge)),
        mark(rectangle(centre - width / 2, bar[0], centre + width / 2, bar[1])),
        mark(rectangle(centre - width / 2, dot[0], centre + width / 2, dot[1])),
      ]);
    }
    case 'paused': {
      const stroke = 1.65 * unit;
      const outer = disc(centre, centre, badge);
      const inner = disc(centre, centre, badge - stroke);
      const strike: Layer['covers'] = (x, y) =>
        outer(x, y) && Math.abs(x - y) <= stroke * Math.SQRT1_2;
      return draw(size, [
        glyph(whole),
        glyph(leftEdge),
        wipe(disc(centre, centre, badge + unit)),
        glyph((x, y) => (outer(x, y) && !inner(x, y)) || strike(x, y)),
      ]);
    }
  }
}

export function drawApp(size: number): Picture {
  const unit = size / 16;
  const onPixel = (at: number): number => Math.round(at * unit);
  const tile = roundedTile(size, 3.6 * unit);
  const within =
    (covers: Layer['covers']): Layer['covers'] =>
    (x, y) =>
      tile(x, y) && covers(x, y);
  const edge = solid(brand.edge);
  const layers: Layer[] = [
    { covers: tile, ink: (_x, y) => blend(brand.top, brand.bottom, y / size) },
    edge(within(rectangle(0, onPixel(11), onPixel(5), size))),
    edge(within(rectangle(onPixel(11), onPixel(7), size, size))),
  ];
  if (size >= 48) layers.push(...handrail(unit));
  layers.push(
    solid('#FFFFFF')(plank(1.4 * unit, 9.2 * unit, 14.7 * unit, 2.9 * unit, 2.35 * unit)),
  );
  return draw(size, layers);
}

/** Three posts on the plank and a rail along it, white at 70 %, as one shape so that the joints are no brighter. */
function handrail(unit: number): Layer[] {
  const slope = (2.9 - 9.2) / (14.7 - 1.4);
  const plankTop = (x: number): number => 9.2 + (x - 1.4) * slope;
  const stroke = 0.45;
  const height = 2.9;
  const posts = [2.9, 8.1, 13.3];
  const covers: Layer['covers'] = (px, py) => {
    const x = px / unit;
    const y = py / unit;
    const rail = plankTop(x) - height;
    const first = (posts[0] ?? 0) - stroke / 2;
    const last = (posts[2] ?? 0) + stroke / 2;
    if (x < first || x > last || y < rail - stroke / 2) return false;
    if (y <= rail + stroke / 2) return true;
    return posts.some((post) => Math.abs(x - post) <= stroke / 2) && y < plankTop(x);
  };
  return [{ covers, ink: () => [255, 255, 255, 0.7] }];
}

function roundedTile(size: number, radius: number): Layer['covers'] {
  return (x, y) => {
    const dx = Math.max(radius - x, x - (size - radius), 0);
    const dy = Math.max(radius - y, y - (size - radius), 0);
    return Math.hypot(dx, dy) <= radius;
  };
}

function solid(colour: string): (covers: Layer['covers']) => Layer {
  const ink = parse(colour);
  return (covers) => ({ covers, ink: () => ink });
}

function wipe(covers: Layer['covers']): Layer {
  return { covers, ink: () => null };
}

function parse(colour: string): [number, number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, 1];
}

function blend(from: string, to: string, part: number): Ink {
  const one = parse(from);
  const other = parse(to);
  const mix = (index: 0 | 1 | 2): number => one[index] + (other[index] - one[index]) * part;
  return [mix(0), mix(1), mix(2), 1];
}

function writeAll(folder: string): void {
  const icons = join(folder, 'icon');
  const tray = join(folder, 'tray');
  mkdirSync(icons, { recursive: true });
  mkdirSync(tray, { recursive: true });
  const pictures = new Map(appSizes.map((size) => [size, drawApp(size)]));
  for (const [size, picture] of pictures) {
    writeFileSync(join(icons, `${String(size)}x${String(size)}.png`), png(picture));
  }
  const inIco = [...pictures.values()].filter(({ size }) => size <= 256 && size !== 128);
  writeFileSync(join(folder, 'icon.ico'), ico(inIco));
  for (const state of trayStates) {
    for (const taskbar of ['light', 'dark'] as const) {
      for (const size of traySizes) {
        const file = join(tray, `${state}-${taskbar}-${String(size)}.png`);
        writeFileSync(file, png(drawTray(state, taskbar, size)));
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeAll('assets');
