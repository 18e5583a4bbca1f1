// What the chosen items come to: one elevated batch, the sentences of "What will change", and the commands. The preview
// and what is applied are made by the same functions.
import { createHash } from 'node:crypto';
import type { ElevatedBatch, Elevation } from '../../ports';
import {
  expiryMs,
  message,
  type Expiry,
  type PlannedExclusion,
  type Wizard,
} from '../../../shared/model';
import { foldCase } from '../../../shared/rules/winPath';

type Step = Wizard['exclusions'];

/** ISO 8601, or null for one without an end. */
export function endOf(expiry: Expiry, now: Date): string | null {
  return expiry === 'never' ? null : new Date(now.getTime() + expiryMs[expiry]).toISOString();
}

/** The same for the same value, so that a second one replaces the first. */
export function taskNameOf(exclusion: { readonly kind: string; readonly value: string }): string {
  const text = `${exclusion.kind} ${foldCase(exclusion.value)}`;
  return `Gangway-Expiry-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** The one batch that applies the chosen items: each exclusion, followed by the task that ends it. */
export function batchFor(items: readonly PlannedExclusion[], now: Date, id: string): ElevatedBatch {
  return {
    id,
    steps: items
      .filter((item) => item.enabled)
      .flatMap(({ kind, value, expiry }) => {
        const exclusion = { kind, value };
        const at = endOf(expiry, now);
        const add = { kind: 'addExclusion' as const, exclusion };
        const task = taskNameOf(exclusion);
        return at === null
          ? [add]
          : [add, { kind: 'registerExpiry' as const, task, exclusion, at }];
      }),
  };
}

/** What the step shows of the chosen items: also after a switch was turned or another end was picked. */
export function shapeChoice(
  items: readonly PlannedExclusion[],
  elevation: Pick<Elevation, 'describe' | 'asks'>,
  now: Date,
): Pick<Step, 'items' | 'changes' | 'commands' | 'willAsk'> {
  const chosen = items.filter((item) => item.enabled);
  const batch = batchFor(chosen, now, 'preview');
  const env = chosen.flatMap((item) =>
    item.setsGoEnv === undefined
      ? []
      : [`go env -w ${item.setsGoEnv.name}=${item.setsGoEnv.value}`],
  );
  return {
    items: [...items],
    changes: changesOf(chosen, now),
    commands: chosen.length === 0 ? [] : [...elevation.describe(batch), ...env].slice(0, 32),
    willAsk: chosen.length > 0 && elevation.asks,
  };
}

function changesOf(chosen: readonly PlannedExclusion[], now: Date): Step['changes'] {
  if (chosen.length === 0) return [];
  const changes: Step['changes'] = [];
  const [first, second] = chosen;
  const ends = chosen.map((item) => endOf(item.expiry, now));
  const bothEnd =
    ends[0] !== undefined && ends[0] !== null && ends[1] !== undefined && ends[1] !== null;
  if (
    chosen.length === 2 &&
    first?.purpose === 'buildFolder' &&
    second?.contextual === true &&
    bothEnd
  ) {
    changes.push({
      icon: 'shield',
      text: message('exclusions.change.skipBoth', { first: ends[0] ?? '', second: ends[1] ?? '' }),
    });
  } else {
    for (const [at, item] of chosen.entries()) {
      const end = ends[at] ?? null;
      const tools = item.contextual ? 'ForTools' : '';
      changes.push({
        icon: 'shield',
        text:
          end === null
            ? message(`exclusions.change.skip${tools}Always`, { target: item.target })
            : message(`exclusions.change.skip${tools}`, { target: item.target, until: end }),
      });
    }
  }
  for (const { setsGoEnv } of chosen) {
    if (setsGoEnv === undefined) continue;
    changes.push({
      icon: 'folder',
      text: message('exclusions.change.goEnv', { name: setsGoEnv.name, value: setsGoEnv.value }),
    });
  }
  const ending = ends.filter((end) => end !== null).length;
  if (ending > 0) {
    changes.push({ icon: 'undo', text: message('exclusions.change.task', { count: ending }) });
  }
  return changes.slice(0, 8);
}
