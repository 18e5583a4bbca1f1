// What the lab's mirror can do wrong, on demand and by path: set in the same process, or by a file beside the mirror
// for a test that drives another process.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../../shared/zod';

const count = z.number().int().nonnegative();

export const faultSchema = z.discriminatedUnion('kind', [
  /** The connection ends after so many bytes of the body. */
  z.object({ kind: z.literal('cut'), after: count }),
  /** After so many bytes nothing more comes, and the connection stays. */
  z.object({ kind: z.literal('stall'), after: count }),
  z.object({ kind: z.literal('slow'), bytesPerSecond: z.number().positive() }),
  z.object({ kind: z.literal('status'), status: z.number().int().min(400).max(599) }),
  /** A web page with status 200, as a sign-in page of a guest network. */
  z.object({ kind: z.literal('page') }),
  z.object({ kind: z.literal('redirect'), to: z.string() }),
  /** The file compressed once more, with `Content-Encoding: gzip`. */
  z.object({ kind: z.literal('gzip') }),
  /** So many bytes more (or, negative, fewer) than the file has. */
  z.object({ kind: z.literal('wrongLength'), by: z.number().int() }),
  /** `header`: goes on elsewhere and says so. `bytes`: says the right place and sends other bytes. */
  z.object({ kind: z.literal('lyingRange'), lie: z.enum(['header', 'bytes']) }),
  /** The whole file where a rest was asked for. */
  z.object({ kind: z.literal('ignoreRange') }),
  /** One byte in the middle of a file is another; in the list, every hash. */
  z.object({ kind: z.literal('tampered') }),
  /** Another file in its place, absolute. */
  z.object({ kind: z.literal('instead'), path: z.string() }),
  /** Tree heads of the checksum database by a key that nobody trusts. */
  z.object({ kind: z.literal('forgedHead') }),
]);
export type Fault = z.infer<typeof faultSchema>;

const ruleSchema = z.object({
  /** Of the address, with `*` for anything: "/dl/*.zip", "/sumdb/*". */
  path: z.string(),
  fault: faultSchema,
  /** After so many answers it is over; left out: until cleared. */
  times: z.number().int().positive().optional(),
});
export type FaultRule = z.infer<typeof ruleSchema>;

/** In the mirror's folder: a JSON list of rules, read again whenever it changes. */
export const faultsFile = 'faults.json';

export interface Faults {
  /** The newest rule for a path counts. */
  set(path: string, fault: Fault, times?: number): void;
  clear(): void;
  /** What to do wrong with this answer, and one time fewer of it. */
  take(path: string): Fault | null;
}

export function makeFaults(folder: string): Faults {
  const own: Counted[] = [];
  let fromFile: Counted[] = [];
  let readAt = '';
  const reread = (): void => {
    const state = fileState(join(folder, faultsFile));
    if (state === readAt) return;
    readAt = state;
    fromFile = state === '' ? [] : readRules(join(folder, faultsFile)).map(counted);
  };
  return {
    set(path, fault, times) {
      own.push(counted({ path, fault, ...(times === undefined ? {} : { times }) }));
    },
    clear() {
      own.length = 0;
      fromFile = [];
    },
    take(path) {
      reread();
      const rule = [...fromFile, ...own].reverse().find((one) => one.left > 0 && one.matches(path));
      if (rule === undefined) return null;
      rule.left -= 1;
      return rule.fault;
    },
  };
}

interface Counted {
  readonly fault: Fault;
  left: number;
  matches(path: string): boolean;
}

function counted(rule: FaultRule): Counted {
  const parts = rule.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`);
  return {
    fault: rule.fault,
    left: rule.times ?? Number.POSITIVE_INFINITY,
    matches: (path) => pattern.test(path),
  };
}

function fileState(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${String(stats.mtimeMs)} ${String(stats.size)}`;
}

/** @throws the parser's errors: whoever wrote the file is testing, and must hear of a mistake. */
function readRules(path: string): readonly FaultRule[] {
  return z.array(ruleSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}
