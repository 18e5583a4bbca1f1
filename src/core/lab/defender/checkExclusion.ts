// `MpCmdRun -CheckExclusion`: whether Defender skips a path, and not by which entry.
import type { Caller } from './answers';
import { excludes, withheldFrom } from './preferences';
import { serviceCode, serves } from './status';
import type { LabView } from './step';
import { splitValue } from '../../../shared/rules/exclusions';

export type CheckedPath =
  | { readonly kind: 'excluded' | 'notExcluded' }
  | { readonly kind: 'failed'; readonly hresult: string };

export function checkExclusion(view: LabView, caller: Caller, path: string): CheckedPath {
  const { settings } = view;
  if (!serves(settings)) return { kind: 'failed', hresult: serviceCode(settings) };
  // Who may not see the lists may not ask about them either; an administrator may, whatever the lists show.
  if (!caller.elevated && withheldFrom(settings, caller) !== null) {
    return { kind: 'failed', hresult: '0x80070005' };
  }
  const split = splitValue(path);
  if (split.kind === 'malformed') return { kind: 'failed', hresult: '0x80070057' };
  return { kind: excludes(view, split.path) ? 'excluded' : 'notExcluded' };
}
