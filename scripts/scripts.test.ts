import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawTray, traySizes, trayStates } from './icons';
import { ico, png, draw, rectangle } from './raster';
import { parseInstalled, plan, systemPackages } from './setup';
import { newest } from './start';

describe('preparing the machine', () => {
  const all = new Set<string>(systemPackages);

  it('does nothing when everything is there', () => {
    expect(plan(all, true)).toEqual({ kind: 'ready' });
    expect(plan(all, false)).toEqual({ kind: 'ready' });
  });

  it('installs as root only what is missing', () => {
    const some = new Set([...all].filter((name) => name !== 'dunst'));
    expect(plan(some, true)).toEqual({ kind: 'install', missing: ['dunst'] });
  });

  it('gives everyone else one command to copy', () => {
    const outcome = plan(new Set(), false);
    expect(outcome.kind === 'ask' && outcome.command).toMatch(
      /^sudo apt-get update && sudo .*xvfb/,
    );
    expect(outcome.kind === 'ask' && outcome.command.includes('\n')).toBe(false);
  });

  it('reads dpkg: installed, not merely known or removed', () => {
    const output = 'ii \tdbus\nrc \tdunst\nun \txvfb\n\nii \tlibgtk-3-0\n';
    expect([...parseInstalled(output)]).toEqual(['dbus', 'libgtk-3-0']);
  });
});

describe('when a build is stale', () => {
  it('by the newest file below its sources', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gangway-stale-'));
    await writeFile(join(folder, 'a'), '');
    await utimes(join(folder, 'a'), 1_700_000_000, 1_700_000_000);
    expect(newest([folder, join(folder, 'nothing')])).toBe(1_700_000_000_000);
    await rm(folder, { recursive: true });
  });
});

describe('icons', () => {
  it('are the drawings, in every state, size and taskbar', async () => {
    for (const state of trayStates) {
      for (const taskbar of ['light', 'dark'] as const) {
        for (const size of traySizes) {
          const file = `assets/tray/${state}-${taskbar}-${String(size)}.png`;
          expect(png(drawTray(state, taskbar, size)).equals(await readFile(file)), file).toBe(true);
        }
      }
    }
  });

  it('have edges on whole pixels', () => {
    for (const size of traySizes) {
      const { pixels } = drawTray('idle', 'light', size);
      const alpha = (x: number, y: number): number => pixels[(y * size + x) * 4 + 3] ?? -1;
      const bottom = Array.from({ length: size }, (_, x) => alpha(x, size - 1));
      expect(bottom.every((value) => value === 0 || value === 255)).toBe(true);
    }
  });

  it('differ by shape, not by colour alone', () => {
    const shapes = trayStates.map((state) => {
      const { pixels } = drawTray(state, 'light', 16);
      return pixels.filter((_, index) => index % 4 === 3).join();
    });
    expect(new Set(shapes).size).toBe(trayStates.length);
  });

  it('are packed as PNG and ICO', async () => {
    const red = draw(16, [{ covers: rectangle(0, 0, 8, 16), ink: () => [255, 0, 0, 1] }]);
    expect([...red.pixels.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
    expect([...red.pixels.subarray(60, 64)]).toEqual([0, 0, 0, 0]);
    expect(png(red).subarray(1, 4).toString()).toBe('PNG');
    expect(ico([red]).readUInt16LE(4)).toBe(1);
    const file = await readFile('assets/icon.ico');
    expect(file.readUInt16LE(2)).toBe(1);
    expect(file.readUInt16LE(4)).toBe(6);
  });
});
