// Named places where a test can kill the process: the one named by GANGWAY_CHECKPOINT writes a marker file and waits
// for ever. Without that variable a checkpoint does nothing.
import { writeFileSync } from 'node:fs';

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

/** `GANGWAY_CHECKPOINT` is `name` or `name:detail`; `detail` picks one of several, such as an action's kind. */
export async function checkpoint(name: CheckpointName, detail = ''): Promise<void> {
  const wanted = process.env['GANGWAY_CHECKPOINT'];
  if (wanted === undefined) return;
  if (wanted !== name && wanted !== `${name}:${detail}`) return;
  const marker = process.env['GANGWAY_CHECKPOINT_FILE'];
  if (marker !== undefined) writeFileSync(marker, `${name}:${detail}\n`);
  await new Promise<never>(() => {
    setInterval(() => undefined, 60_000);
  });
}
