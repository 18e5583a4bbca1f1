import { expect, it } from 'vitest';
import { mayHaveGraphicsDevice } from './graphics';

const only =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path);

it.each(['/dev/dri', '/dev/nvidiactl', '/dev/dxg'])('on Linux with %s there may be one', (path) => {
  expect(mayHaveGraphicsDevice('linux', only(path))).toBe(true);
});

it('on Linux without any of them there is none', () => {
  expect(mayHaveGraphicsDevice('linux', only())).toBe(false);
});

it.each(['win32', 'darwin'] as const)('on %s nothing is ruled out', (platform) => {
  expect(mayHaveGraphicsDevice(platform, only())).toBe(true);
});
