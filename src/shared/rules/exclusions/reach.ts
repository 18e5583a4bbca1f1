// How far an exclusion reaches, for the list of what others set. A word and a reason; nothing is removed because of it.
import { message, type Exclusion, type Risk } from '../../model';
import { isWithin, parseWinPath } from '../winPath';
import { splitValue } from './contextual';
import { judgeExclusion } from './judge';
import { systemVariables } from './environment';
import { everyWindows, type Places } from './places';

export function reachOf(exclusion: Exclusion, places: Places = everyWindows): Risk {
  const risk = (level: Risk['level'], why: ReachReason): Risk => ({
    level,
    reason: message(`exclusions.reach.${why}`),
  });
  switch (exclusion.kind) {
    case 'extension':
      return risk('high', 'extension');
    case 'ip':
      return risk('medium', 'ip');
    case 'process':
      if (!/[\\/]/.test(exclusion.value)) return risk('high', 'bareProcess');
      return risk('high', 'process');
    case 'path': {
      const judged = judgeExclusion(exclusion, places);
      if (judged.kind === 'refused') {
        const inAdminsFolder =
          judged.why === 'programFolder' ||
          judged.why === 'windowsFolder' ||
          judged.why === 'listedFolder';
        if (judged.why === 'notAbsolute') return risk('medium', 'bareName');
        return risk('high', inAdminsFolder ? 'listed' : 'wide');
      }
      if (judged.contextual) return risk('low', 'contextual');
      const split = splitValue(exclusion.value);
      const folder = split.kind === 'malformed' ? exclusion.value : split.path;
      const variables = { ...systemVariables, ...places.variables };
      const admins = [variables['PROGRAMFILES'], variables['PROGRAMFILES(X86)']];
      if (admins.some((place) => place !== undefined && isWithin(folder, place))) {
        return risk('low', 'adminsOnly');
      }
      const parsed = parseWinPath(judged.path);
      const file =
        parsed.kind === 'path' && /\.[a-z0-9]{1,5}$/i.test(parsed.path.segments.at(-1) ?? '');
      return file ? risk('low', 'oneFile') : risk('medium', 'folder');
    }
  }
}

type ReachReason =
  | 'extension'
  | 'ip'
  | 'bareProcess'
  | 'process'
  | 'bareName'
  | 'listed'
  | 'wide'
  | 'contextual'
  | 'adminsOnly'
  | 'oneFile'
  | 'folder';
