// What a plan is based on, as rows to read: Defender's record, where Go builds, and exclusions that touch Go's folders.
import type { ExclusionsReading } from '../../ports';
import { message, type Block, type Message, type Wizard } from '../../../shared/model';
import { splitValue } from '../../../shared/rules/exclusions';
import { foldCase, isWithin } from '../../../shared/rules/winPath';
import { dayOf, type ProposedItems } from './items';

type Basis = Wizard['exclusions']['basis'];

export function basisOf(seen: {
  readonly since: string;
  readonly goBlocks: readonly Block[];
  readonly goEnv: Readonly<Record<string, string>> | null;
  readonly reading: ExclusionsReading;
  readonly ours: readonly string[];
  readonly refused: ProposedItems['refused'];
}): Basis {
  const blocked = seen.goBlocks.reduce((sum, block) => sum + block.count, 0);
  return [
    {
      id: 'record',
      text: message('exclusions.basis.record', { day: dayOf(seen.since) }),
      value: message('exclusions.basis.blocks', { count: blocked }),
    },
    {
      id: 'buildsIn',
      text: message('exclusions.basis.buildsIn'),
      value: buildsIn(seen.goEnv, seen.reading),
    },
    {
      id: 'touching',
      text: message('exclusions.basis.touching'),
      value: touching(seen.goEnv, seen.reading, seen.ours),
    },
    ...seen.refused.slice(0, 8).map(({ purpose, why }) => ({
      id: `refused-${purpose}`,
      text: message(`exclusions.basis.refused.${purpose}`),
      value: why,
    })),
  ];
}

function buildsIn(
  goEnv: Readonly<Record<string, string>> | null,
  reading: ExclusionsReading,
): Message {
  if (goEnv === null) return message('exclusions.basis.buildsInUnknown');
  const folder = goEnv['GOTMPDIR'] ?? '';
  const name = folder === '' ? '%TEMP%' : folder;
  if (reading.visibility !== 'known')
    return message('exclusions.basis.buildsInFolder', { folder: name });
  const skipped =
    folder !== '' &&
    reading.exclusions.some(({ kind, value }) => {
      const split = splitValue(value);
      return kind === 'path' && split.kind === 'plain' && isWithin(folder, split.path);
    });
  return message(
    skipped ? 'exclusions.basis.buildsInSkipped' : 'exclusions.basis.buildsInScanned',
    {
      folder: name,
    },
  );
}

function touching(
  goEnv: Readonly<Record<string, string>> | null,
  reading: ExclusionsReading,
  ours: readonly string[],
): Message {
  const count = ours.length;
  switch (reading.visibility) {
    case 'unavailable':
      return message('exclusions.basis.touchingUnavailable');
    case 'hidden':
      return count === 0
        ? message('exclusions.basis.touchingHidden')
        : message('exclusions.basis.touchingHiddenOurs', { count });
    case 'known': {
      const mine = new Set(ours.map(foldCase));
      const folders = ['GOROOT', 'GOPATH', 'GOCACHE', 'GOMODCACHE', 'GOTMPDIR', 'GOBIN']
        .map((name) => goEnv?.[name] ?? '')
        .filter((folder) => folder !== '' && folder !== 'off');
      const others = reading.exclusions.filter(({ kind, value }) => {
        if (mine.has(foldCase(value))) return false;
        if (kind === 'process')
          return /(?:^|\\)(?:go|compile|link|asm|gopls|dlv)\.exe$/i.test(value);
        const split = splitValue(value);
        if (kind !== 'path' || split.kind === 'malformed') return false;
        const { path } = split;
        return folders.some((folder) => isWithin(folder, path) || isWithin(path, folder));
      }).length;
      return count === 0 && others === 0
        ? message('exclusions.basis.touchingNone')
        : message('exclusions.basis.touchingCount', { count, others });
    }
  }
}
