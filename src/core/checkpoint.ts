// Named places where a test can kill the process, or another one that it needs: the one named by GANGWAY_CHECKPOINT writes
// a marker file and waits until that is gone. Without that variable a checkpoint does nothing.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export const checkpointNames = [
  'afterDownloadStarted',
  'afterDownload',
  'afterVerify',
  'beforeIntent',
  'afterIntent',
  'afterEffect',
  'afterReadBack',
  'afterDone',
  'midUnpack',
  'beforeSentinel',
  'afterSentinel',
  'beforeSwitch',
  'afterSwitch',
  'midRollback',
] as const;
export type CheckpointName = (typeof checkpointNames)[number];

/** Milliseconds between two looks at the marker. */
const lookEveryMs = 20;
let wasHere = false;

/** `GANGWAY_CHECKPOINT` is `name` or `name:detail`; `detail` picks one of several, such as an action's kind. Waits once. */
export async function checkpoint(name: CheckpointName, detail = ''): Promise<void> {
  const wanted = process.env['GANGWAY_CHECKPOINT'];
  if (wanted === undefined || wasHere) return;
  if (wanted !== name && wanted !== `${name}:${detail}`) return;
  wasHere = true;
  const marker = process.env['GANGWAY_CHECKPOINT_FILE'];
  if (marker !== undefined) writeFileSync(marker, `${name}:${detail}\n`);
  // Without a marker nobody could let it go on: it waits for ever.
  while (marker === undefined || existsSync(marker)) await pause(lookEveryMs);
}
