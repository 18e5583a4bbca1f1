// The places that no exclusion may cover, and for some, lie in: Microsoft's list, and what JetBrains' checker calls
// untrustworthy. By whole names, with every wildcard read as widely as Defender could.
import { foldCase, formatWinPath, parseWinPath, patternsMeet, type WinPath } from '../winPath';
import { neverFolders } from './doNotExclude';
import { systemVariables } from './environment';
import type { ExclusionRefusal } from './refusal';
import type { Places } from './places';

interface Place {
  readonly pattern: string;
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
  for (const { pattern, why, inside } of allPlaces(places)) {
    const parsed = parseWinPath(pattern);
    if (parsed.kind === 'refused') continue;
    if (covers(bare, parsed.path) || (inside && covers(parsed.path, bare))) {
      return { why, name: formatWinPath(parsed.path) };
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

function allPlaces(places: Places): readonly Place[] {
  const list: Place[] = [];
  // What the environment says may not be what Windows has: both are kept.
  for (const variables of [systemVariables, { ...systemVariables, ...places.variables }]) {
    const add = (pattern: string, why: ExclusionRefusal, inside: boolean): void => {
      const expanded = pattern.replace(
        /%([^%]+)%/g,
        (_, name: string) => variables[foldCase(name)] ?? '',
      );
      list.push({ pattern: expanded, why, inside });
    };
    add('%SystemDrive%\\Users', 'usersFolder', false);
    add('%SystemDrive%\\Users\\*', 'home', false);
    add('%SystemDrive%\\Users\\*\\AppData\\Local\\Temp', 'temp', true);
    add('%SystemDrive%\\Users\\*\\AppData\\LocalLow\\Temp', 'temp', true);
    add('%SystemDrive%\\Users\\*\\AppData\\Roaming', 'home', false);
    add('%windir%\\Temp', 'temp', true);
    add('%SystemDrive%\\Temp', 'temp', true);
    add('%SystemDrive%\\Tmp', 'temp', true);
    add('%SystemDrive%\\Users\\*\\Downloads', 'personalFolder', true);
    add('%SystemDrive%\\Users\\*\\Desktop', 'personalFolder', false);
    add('%SystemDrive%\\Users\\*\\Documents', 'personalFolder', false);
    add('%PUBLIC%', 'sharedFolder', true);
    for (const { pattern, inside } of neverFolders) {
      const isProgram = /^%ProgramFiles/i.test(pattern) && pattern.endsWith('\\*');
      add(pattern, isProgram ? 'programFolder' : 'listedFolder', inside);
    }
    add('%windir%', 'windowsFolder', true);
    add('%ProgramData%', 'sharedFolder', false);
  }
  for (const pattern of places.temp) list.push({ pattern, why: 'temp', inside: true });
  if (places.home !== null) {
    const { home } = places;
    list.push({ pattern: home, why: 'home', inside: false });
    list.push({ pattern: `${home}\\Downloads`, why: 'personalFolder', inside: true });
    list.push({ pattern: `${home}\\Desktop`, why: 'personalFolder', inside: false });
    list.push({ pattern: `${home}\\Documents`, why: 'personalFolder', inside: false });
    list.push({ pattern: `${home}\\AppData\\Local\\Temp`, why: 'temp', inside: true });
    list.push({ pattern: `${home}\\AppData\\Roaming`, why: 'home', inside: false });
  }
  return list;
}
