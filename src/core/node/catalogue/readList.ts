// Reads a list of releases in go.dev's schema, from whoever sent it: what does not fit exactly is refused as a whole,
// because a list that is wrong in one place was made or changed by somebody else.
import { z } from '../../../shared/zod';
import { goFileSchema, releaseListSchema, type GoRelease } from '../../../shared/model/release';
import { isGoFilename } from './places';

export type ListReading =
  | { readonly kind: 'list'; readonly releases: readonly GoRelease[] }
  | { readonly kind: 'notJson' }
  /** @property where for example `3.files.0.filename`, and `what` is wrong there. */
  | { readonly kind: 'wrongShape'; readonly where: string; readonly what: string };

export function readList(text: string): ListReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'notJson' };
  }
  const parsed = releaseListSchema.safeParse(withoutUnknownKinds(value));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      kind: 'wrongShape',
      where: issue?.path.map(String).join('.') ?? '',
      what: issue?.code ?? '',
    };
  }
  return firstFault(parsed.data) ?? { kind: 'list', releases: parsed.data };
}

const looseList = z.array(z.looseObject({ files: z.array(z.looseObject({ kind: z.string() })) }));
const knownKinds = new Set<string>(goFileSchema.shape.kind.options);

/** A kind of file that Go adds one day is left out; it must not make the whole list unreadable. */
function withoutUnknownKinds(value: unknown): unknown {
  const loose = looseList.safeParse(value);
  if (!loose.success) return value;
  return loose.data.map((release) => ({
    ...release,
    files: release.files.filter((file) => knownKinds.has(file.kind)),
  }));
}

function firstFault(releases: readonly GoRelease[]): ListReading | null {
  const versions = new Set<string>();
  const names = new Set<string>();
  for (const [i, release] of releases.entries()) {
    const wrong = (where: string, what: string): ListReading => ({
      kind: 'wrongShape',
      where: `${String(i)}.${where}`,
      what,
    });
    if (!/^go[0-9][0-9a-z.]*$/.test(release.version)) return wrong('version', release.version);
    if (versions.has(release.version)) return wrong('version', 'duplicate');
    versions.add(release.version);
    for (const [j, file] of release.files.entries()) {
      const at = `files.${String(j)}`;
      if (!isGoFilename(file.filename)) return wrong(`${at}.filename`, file.filename);
      if (names.has(file.filename)) return wrong(`${at}.filename`, 'duplicate');
      names.add(file.filename);
      if (file.version !== release.version) return wrong(`${at}.version`, file.version);
      if (!/^(?:[0-9a-f]{64})?$/.test(file.sha256)) return wrong(`${at}.sha256`, file.sha256);
    }
  }
  return null;
}
