// The lists of exclusions from Get-MpPreference and from the policies in the registry: whose each entry is, or that
// they are hidden, or why there is no answer. Values keep the spelling that Defender stores.
import type { Exclusion, ExclusionKind } from '../../../shared/model';
import { findingOf, findingOfTrouble, type DefenderTrouble } from '../../../shared/rules/defender';
import { foldCase } from '../../../shared/rules/winPath';
import { z } from '../../../shared/zod';
import type { ExclusionsReading } from '../../ports';
import { fieldsSchema, isSet, partOf, text, texts, type Fields, type Part } from './answers';
import { troubleOf } from './trouble';

/** Value names of a registry key; null where the key is not there. */
const namesSchema = partOf(z.array(z.string()));

/** Of `preferences.ps1`. */
export const preferencesAnswerSchema = z.object({
  /** Get-MpPreference. */
  preferences: partOf(fieldsSchema),
  /** HKLM\SOFTWARE\Policies\Microsoft\Windows Defender. */
  policy: partOf(fieldsSchema),
  /** HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Exclusions\…: the names of the values are the entries. */
  paths: namesSchema,
  processes: namesSchema,
  extensions: namesSchema,
  ipAddresses: namesSchema,
  /** … \Policy Manager: what Intune set, one text for each list, `|` between entries. */
  policyManager: partOf(fieldsSchema),
});
export type PreferencesAnswer = z.infer<typeof preferencesAnswerSchema>;

const lists = [
  ['path', 'ExclusionPath', 'paths', 'ExcludedPaths'],
  ['process', 'ExclusionProcess', 'processes', 'ExcludedProcesses'],
  ['extension', 'ExclusionExtension', 'extensions', 'ExcludedExtensions'],
  ['ip', 'ExclusionIpAddress', 'ipAddresses', null],
] as const satisfies readonly (readonly [ExclusionKind, string, string, string | null])[];

/** The longest value that Gangway shows or writes; the registry's own limit is far beyond. */
const longest = 2048;

type Entry = ExclusionsReading['exclusions'][number];

export function parsePreferences(answer: PreferencesAnswer): ExclusionsReading {
  if (!answer.preferences.ok) return readingOfTrouble(troubleOf(answer.preferences.error));
  const told = answer.preferences.value ?? {};
  const known = Object.values(told).some((value) => value !== null && value !== '');
  if (!known) return readingOfTrouble({ id: 'noAnswer', cause: '' });
  const effective = lists.map(([kind, name]) => ({ kind, values: texts(told[name]) }));
  const hidden = effective.flatMap(({ values }) => values).find(isHiddenText);
  if (hidden !== undefined) return hiddenReading(hidden, answer.policy);
  const policy = policyOf(answer);
  const others = effective.flatMap(({ kind, values }) =>
    values.map((value): Entry => ({ kind, value, source: policy.readable ? 'local' : 'unknown' })),
  );
  const all = eachOnce([...policy.entries, ...others]);
  const shown = all.filter(({ value }) => value.length <= longest);
  const left = all.length - shown.length;
  return {
    visibility: 'known',
    exclusions: shown,
    ...(left === 0
      ? {}
      : { why: findingOf('failed', { cause: `${String(left)} × > ${String(longest)}` }) }),
  };
}

export function readingOfTrouble(trouble: DefenderTrouble): ExclusionsReading {
  // Windows answers, and not to this account.
  const visibility = trouble.id === 'notPermitted' ? 'hidden' : 'unavailable';
  return { visibility, exclusions: [], why: findingOfTrouble(trouble) };
}

/** `N/A: Must be and administrator to view exclusions` (so written in early builds), `… an …`, `N/A: Administrators …`. */
function isHiddenText(value: string): boolean {
  return /^\s*N\/A:/i.test(value);
}

/** Unelevated the text is the same whether an administrator would see more; the policy says so. */
function hiddenReading(text: string, policy: Part<Fields>): ExclusionsReading {
  const fromAll =
    /^\s*N\/A:\s*administrators/i.test(text) ||
    isSet(fieldsOf(policy)['HideExclusionsFromLocalAdmins']);
  const why = fromAll ? 'listsHiddenFromAdministrators' : 'listsHiddenFromUsers';
  return { visibility: 'hidden', exclusions: [], why: findingOf(why) };
}

function policyOf(answer: PreferencesAnswer): {
  readonly entries: readonly Entry[];
  readonly readable: boolean;
} {
  const manager = fieldsOf(answer.policyManager);
  const entries = lists.flatMap(([kind, , key, managed]) => {
    const names = answer[key].ok ? (answer[key].value ?? []) : [];
    const byManager = managed === null ? [] : text(manager[managed]).split('|');
    return [...names, ...byManager.map((value) => value.trim())]
      .filter((value) => value !== '' && !isHiddenText(value))
      .map((value): Entry => ({ kind, value, source: 'policy' }));
  });
  return {
    entries,
    readable: lists.every(([, , key]) => answer[key].ok) && answer.policyManager.ok,
  };
}

function fieldsOf(part: Part<Fields>): Fields {
  return part.ok ? (part.value ?? {}) : {};
}

/** The first of each: a policy's entry stands in the effective list as well. */
function eachOnce(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = keyOf(entry);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** `obj` and `.obj` are one extension. */
function keyOf({ kind, value }: Exclusion): string {
  return `${kind} ${foldCase(kind === 'extension' ? value.replace(/^\./, '') : value)}`;
}
