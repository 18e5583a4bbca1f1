// The places that no exclusion may cover, and for some, lie in: Microsoft's list, and what JetBrains' checker calls
// untrustworthy. By whole names, with every wildcard read as widely as Defender could.
import { foldCase, formatWinPath, parseWinPath, patternsMeet, type WinPath } from '../winPath';
import { neverFolders } from './doNotExclude';
import { systemVariables } from './environment';
import type { ExclusionRefusal } from './refusal';
import type { Places } from './places';

interface Place {
  readonly path: WinPath;
  readonly why: ExclusionRefusal;
  /** Refused also for what lies below. */
  readonly inside: boolean;
}

/** The first place that an exclusion of this path would cover, or lie in; null where there is none. */
export function refusedPlace(
  path: WinPath,
  places: Places,
): { why: ExclusionRefusal; name: string } | null {
  // `C:\Temp\*` is `C:\Temp`: names made of wildcards alone are stripped from the end.
  const segments = [...path.segments];
  while (segments.length > 0 && /^[*?.]+$/.test(segments.at(-1) ?? '')) segments.pop();
  const bare: WinPath = { root: path.root, segments };
  const isDrive = /^[A-Z]:$/.test(path.root);
  if (isDrive) {
    if (segments.length === 0) return { why: 'driveRoot', name: path.root };
    if (segments.length === 1 && /[*?]/.test(segments[0] ?? '')) {
      return { why: 'driveRoot', name: path.root };
    }
    if (places.networkDrives.some((drive) => foldCase(drive.slice(0, 2)) === path.root)) {
      return { why: 'networkDrive', name: path.root };
    }
  } else {
    const [server = '', share = ''] = path.root.slice(2).split('\\');
    if (
      share.endsWith('$') ||
      /^(localhost|127\.[\d.]+|::1|0--1\.ipv6-literal\.net)$/i.test(server)
    ) {
      return { why: 'thisComputer', name: path.root };
    }
    if (segments.length === 0) return { why: 'wholeShare', name: path.root };
  }
  for (const place of allPlaces(places)) {
    if (covers(bare, place.path) || (place.inside && covers(place.path, bare))) {
      return { why: place.why, name: formatWinPath(place.path) };
    }
  }
  for (const folder of places.goBins) {
    const parsed = parseWinPath(folder);
    if (parsed.kind === 'refused') continue;
    const wild = path.segments.some((name) => /[*?]/.test(name));
    // One file in it can be named; the folder, what holds it, and patterns in it cannot.
    if (covers(bare, parsed.path) || (wild && covers(parsed.path, bare))) {
      return { why: 'goBin', name: formatWinPath(parsed.path) };
    }
  }
  const modules = places.goModCache === null ? null : parseWinPath(places.goModCache);
  if (modules?.kind === 'path') {
    const wider = bare.segments.length < modules.path.segments.length;
    if (wider && covers(bare, modules.path)) {
      return { why: 'coversModuleCache', name: formatWinPath(modules.path) };
    }
  }
  return null;
}

/** Whether `outer` is `inner` or one of its parents, as far as their wildcards allow. */
function covers(outer: WinPath, inner: WinPath): boolean {
  return (
    foldCase(outer.root) === foldCase(inner.root) &&
    outer.segments.length <= inner.segments.length &&
    outer.segments.every((name, at) => patternsMeet(name, inner.segments[at] ?? ''))
  );
}

/** Read once for each computer. */
const known = new WeakMap<Places, readonly Place[]>();

function allPlaces(places: Places): readonly Place[] {
  const there = known.get(places);
  if (there !== undefined) return there;
  const list: Place[] = [];
  const add = (pattern: string, why: ExclusionRefusal, inside: boolean): void => {
    const parsed = parseWinPath(pattern);
    if (parsed.kind === 'path') list.push({ path: parsed.path, why, inside });
  };
  // What the environment says may not be what Windows has: both are kept.
  for (const variables of [systemVariables, { ...systemVariables, ...places.variables }]) {
    const at = (pattern: string): string =>
      pattern.replace(/%([^%]+)%/g, (_, name: string) => variables[foldCase(name)] ?? '');
    const users = at('%SystemDrive%\\Users');
    add(users, 'usersFolder', false);
    addHome(add, `${users}\\*`);
    add(at('%PUBLIC%'), 'sharedFolder', true);
    add(at('%windir%\\Temp'), 'temp', true);
    add(at('%SystemDrive%\\Temp'), 'temp', true);
    for (const { pattern, inside } of neverFolders) {
      const isProgram = /^%ProgramFiles/i.test(pattern) && pattern.endsWith('\\*');
      add(at(pattern), isProgram ? 'programFolder' : 'listedFolder', inside);
    }
    add(at('%windir%'), 'windowsFolder', true);
    add(at('%ProgramData%'), 'sharedFolder', false);
  }
  for (const folder of places.temp) add(folder, 'temp', true);
  if (places.home !== null) addHome(add, places.home);
  known.set(places, list);
  return list;
}

function addHome(
  add: (pattern: string, why: ExclusionRefusal, inside: boolean) => void,
  home: string,
): void {
  add(home, 'home', false);
  add(`${home}\\AppData\\Local\\Temp`, 'temp', true);
  add(`${home}\\AppData\\LocalLow\\Temp`, 'temp', true);
  add(`${home}\\AppData\\Roaming`, 'home', false);
  add(`${home}\\Downloads`, 'personalFolder', true);
  add(`${home}\\Desktop`, 'personalFolder', false);
  add(`${home}\\Documents`, 'personalFolder', false);
}
