// The places that exclusions must not cover, and links resolved, for the computer that a flow works on.
import type { Files, Machine } from '../ports';
import type { Exclusion } from '../../shared/model';
import {
  judgeExclusion,
  placesOf,
  splitValue,
  writeContextual,
  type Judgement,
  type Places,
} from '../../shared/rules/exclusions';
import { normalWinPath, sameText } from '../../shared/rules/winPath';

export function placesOn(
  machine: Pick<Machine, 'environment' | 'home' | 'display'>,
  goEnv: Readonly<Record<string, string>> | null,
): Places {
  return placesOf(machine.environment, machine.display(machine.home), goEnv);
}

/**
 * Judges an exclusion as it is spelt and as what its path leads to: a junction to a refused place is refused, and what is
 * accepted names the place itself.
 */
export async function judgeResolved(
  exclusion: Exclusion,
  places: Places,
  files: Pick<Files, 'resolve'>,
): Promise<Judgement> {
  const spelt = judgeExclusion(exclusion, places);
  // A short name says nothing until the disk is asked.
  if (spelt.kind === 'refused' && spelt.why !== 'shortName') return spelt;
  if (exclusion.kind !== 'path' && exclusion.kind !== 'process') return spelt;
  const path = spelt.kind === 'accepted' ? spelt.path : exclusion.value;
  const real = await files.resolve(path);
  if (normalWinPath(real) === null || sameText(real, path)) return spelt;
  const split = splitValue(spelt.kind === 'accepted' ? spelt.exclusion.value : exclusion.value);
  const value = split.kind === 'contextual' ? writeContextual(real, split.context) : real;
  return judgeExclusion({ kind: exclusion.kind, value }, places);
}
