// Whether Chromium can draw with a graphics device at all. On Linux without one its graphics process starts, fails, and is
// started a second time for drawing in software, while every window waits.
import { existsSync } from 'node:fs';

/** Where Linux shows a graphics device: the kernel's own drivers, NVIDIA's, and Windows' below WSL. */
const deviceFiles = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'] as const;

/**
 * False only where none can be there: on Linux without any of the device files, as in a container or on a build machine.
 * @see docs/adr/0021-no-graphics-device.md
 */
export function mayHaveGraphicsDevice(
  platform: NodeJS.Platform,
  exists: (path: string) => boolean = existsSync,
): boolean {
  return platform !== 'linux' || deviceFiles.some((path) => exists(path));
}
