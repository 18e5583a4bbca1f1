// The few calls that another program can hold up or a system refuse, so that tests can stand in for both.
import { rename, symlink, unlink } from 'node:fs/promises';
import type { Patience } from './patient';

export interface DiskCalls {
  readonly symlink: (target: string, path: string, type: 'dir' | 'junction') => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
}

export const systemDiskCalls: DiskCalls = { symlink, rename, unlink };

export interface DiskTools {
  readonly platform: NodeJS.Platform;
  readonly patience: Patience;
  readonly calls: DiskCalls;
}
