// Contextual exclusions, `<path>\:{Keyword:value,…}`: written and read. Keywords and values are case-sensitive; several
// processes are alternatives, everything else must hold together. Needs platform 4.18.2205.7 and engine 1.1.19300.2.

export interface Context {
  readonly pathType: 'file' | 'folder' | null;
  readonly scanType: 'quick' | 'full' | null;
  readonly scanTrigger: 'OnDemand' | 'OnAccess' | 'BM' | null;
  /** Full paths; the last name may be a wildcard. */
  readonly processes: readonly string[];
}

export type SplitValue =
  | { readonly kind: 'plain'; readonly path: string }
  | { readonly kind: 'contextual'; readonly path: string; readonly context: Context }
  | { readonly kind: 'malformed' };

const opening = '\\:{';

export function writeContextual(path: string, context: Context): string {
  const parts = [
    ...(context.pathType === null ? [] : [`PathType:${context.pathType}`]),
    ...(context.scanType === null ? [] : [`ScanType:${context.scanType}`]),
    ...(context.scanTrigger === null ? [] : [`ScanTrigger:${context.scanTrigger}`]),
    ...context.processes.map((process) => `Process:"${process}"`),
  ];
  return `${path.replace(/\\+$/, '')}${opening}${parts.join(',')}}`;
}

export function splitValue(value: string): SplitValue {
  const at = value.indexOf(opening);
  if (at === -1)
    return value.includes(':{') ? { kind: 'malformed' } : { kind: 'plain', path: value };
  if (!value.endsWith('}')) return { kind: 'malformed' };
  const path = value.slice(0, at);
  const context = readContext(value.slice(at + opening.length, -1));
  if (context === null || path === '') return { kind: 'malformed' };
  return { kind: 'contextual', path: /^[a-z]:$/i.test(path) ? `${path}\\` : path, context };
}

function readContext(text: string): Context | null {
  const read: {
    pathType: Context['pathType'];
    scanType: Context['scanType'];
    scanTrigger: Context['scanTrigger'];
    processes: string[];
  } = { pathType: null, scanType: null, scanTrigger: null, processes: [] };
  let rest = text;
  while (rest !== '') {
    const part =
      /^(PathType):(file|folder)(?:,|$)|^(ScanType):(quick|full)(?:,|$)|^(ScanTrigger):(OnDemand|OnAccess|BM)(?:,|$)|^(Process):"([^"]+)"(?:,|$)/.exec(
        rest,
      );
    if (part === null) return null;
    if (part[1] !== undefined) read.pathType = part[2] as 'file' | 'folder';
    else if (part[3] !== undefined) read.scanType = part[4] as 'quick' | 'full';
    else if (part[5] !== undefined) read.scanTrigger = part[6] as 'OnDemand' | 'OnAccess' | 'BM';
    else read.processes.push(part[8] ?? '');
    rest = rest.slice(part[0].length);
  }
  return text === '' || text.endsWith(',') ? null : read;
}
