// Decides whether Gangway may ever write an exclusion: Microsoft's list, places that anyone fills with files, and
// spellings whose meaning is not certain are refused. There is no override. Links are resolved by the caller before.
import { message, type Exclusion, type Message } from '../../model';
import {
  foldCase,
  formatWinPath,
  looksShort,
  maxValueLength,
  nameMatches,
  parseWinPath,
} from '../winPath';
import { splitValue, writeContextual, type Context } from './contextual';
import { maxWildcards, neverExtensions, neverProcesses } from './doNotExclude';
import { expandSystemVariables, systemVariables } from './environment';
import { everyWindows, type Places } from './places';
import type { ExclusionRefusal } from './refusal';
import { refusedPlace } from './refusedPlaces';

export type Judgement =
  | {
      readonly kind: 'accepted';
      /** As it is to be written: absolute, expanded, in the normal form. */
      readonly exclusion: Exclusion;
      /** The folder or file without its context. */
      readonly path: string;
      readonly contextual: boolean;
    }
  | { readonly kind: 'refused'; readonly why: ExclusionRefusal; readonly reason: Message };

export function judgeExclusion(exclusion: Exclusion, places: Places = everyWindows): Judgement {
  const { kind, value } = exclusion;
  const refuse = (why: ExclusionRefusal, name = ''): Judgement => ({
    kind: 'refused',
    why,
    reason: message(`exclusions.refused.${why}`, { value: value.slice(0, 512), name }),
  });
  if (value.length > maxValueLength) return refuse('tooLong');
  switch (kind) {
    case 'extension':
      return refuse(listedExtension(value) ? 'listedExtension' : 'anyExtension');
    case 'ip':
      return refuse('ip');
    case 'process': {
      const judged = judgeProcess(value, places);
      return judged.kind === 'refused'
        ? refuse(judged.why, judged.name)
        : accept(exclusion, judged.path, null);
    }
    case 'path': {
      const split = splitValue(value);
      if (split.kind === 'malformed') return refuse('malformed');
      if ((value.match(/[*?]/g) ?? []).length > maxWildcards) return refuse('tooManyWildcards');
      const judged = judgePath(split.path, places);
      if (judged.kind === 'refused') return refuse(judged.why, judged.name);
      if (split.kind === 'plain') return accept(exclusion, judged.path, null);
      const processes: string[] = [];
      for (const process of split.context.processes) {
        const one = judgeContextProcess(process, places);
        if (one.kind === 'refused') return refuse(one.why, one.name);
        processes.push(one.path);
      }
      return accept(exclusion, judged.path, { ...split.context, processes });
    }
  }
}

function accept({ kind }: Exclusion, path: string, context: Context | null): Judgement {
  const value = context === null ? path : writeContextual(path, context);
  return { kind: 'accepted', exclusion: { kind, value }, path, contextual: context !== null };
}

type Judged =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: ExclusionRefusal; readonly name: string };

const no = (why: ExclusionRefusal, name = ''): Judged => ({ kind: 'refused', why, name });

function judgePath(text: string, places: Places): Judged {
  const expansion = expandSystemVariables(text, { ...systemVariables, ...places.variables });
  if (expansion.kind === 'refused') return no(expansion.why, expansion.name);
  const parsed = parseWinPath(expansion.text);
  if (parsed.kind === 'refused') return no(parsed.why);
  const { path } = parsed;
  const short = path.segments.find(looksShort);
  if (short !== undefined) return no('shortName', short);
  const place = refusedPlace(path, places);
  if (place !== null) return no(place.why, place.name);
  const last = path.segments.at(-1) ?? '';
  const program = neverProcesses.find(
    (name) => foldCase(name) === foldCase(last) || (hasPrefix(last) && nameMatches(last, name)),
  );
  if (program !== undefined) return no('listedProcess', program);
  return { kind: 'path', path: formatWinPath(path) };
}

/** A pattern that says something: `power*.exe`, and not `*` or `*.exe`. */
function hasPrefix(name: string): boolean {
  return /^[^*?]/.test(name) && /[*?]/.test(name);
}

function judgeProcess(value: string, places: Places): Judged {
  if (!/[\\/]/.test(value)) {
    const listed = neverProcesses.find((name) => nameMatches(value.trim(), name));
    return listed === undefined ? no('bareProcess') : no('listedProcess', listed);
  }
  const judged = judgePath(value, places);
  if (judged.kind === 'refused') return judged;
  const name = judged.path.slice(judged.path.lastIndexOf('\\') + 1);
  return /[*?]/.test(name) ? no('processWildcard', name) : judged;
}

/** Inside a context a whole folder of programs may be named: it narrows, where a process exclusion widens. */
function judgeContextProcess(value: string, places: Places): Judged {
  if (!/[\\/]/.test(value)) return no('bareProcess');
  return judgePath(value, places);
}

function listedExtension(value: string): boolean {
  const bare = foldCase(
    value
      .trim()
      .replace(/^(?:\*?\.)+/, '')
      .replace(/[. ]+$/, ''),
  );
  return neverExtensions.some((listed) => {
    const extension = foldCase(listed);
    return bare === extension || bare.endsWith(`.${extension}`) || nameMatches(bare, extension);
  });
}
