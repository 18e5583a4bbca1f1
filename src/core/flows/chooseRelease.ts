// From a wish ("latest", "1.27.0") to one file of one release for one machine.
import { FailureError } from '../failureError';
import type { Catalogue, Target } from '../ports';
import type { Catalogued, GoFile, GoRelease, Source } from '../../shared/model';
import { chooseFile, findRelease, newestFirst, sourceFile } from '../../shared/rules/chooseRelease';
import { withoutGo, type WantedVersion } from '../../shared/rules/goVersion';
import type { Message } from '../../shared/model/message';

export interface ChosenRelease {
  readonly source: Source;
  readonly release: GoRelease;
  readonly file: GoFile;
  /** The source archive, which carries the OpenPGP signature; null where the list has none. */
  readonly sourceArchive: GoFile | null;
  /** Set where the file is made for another processor and runs all the same. */
  readonly fallback: Message | null;
  readonly listed: Catalogued;
}

/** @throws FailureError `catalogue.noSuchVersion`, `catalogue.noFile`, `catalogue.emptyHash`, what `list` throws */
export async function chooseRelease(
  ports: { readonly catalogue: Catalogue },
  request: { readonly source: Source; readonly wanted: WantedVersion; readonly target: Target },
  signal?: AbortSignal,
): Promise<ChosenRelease> {
  const listed = await ports.catalogue.list(request.source, signal);
  return pick(listed, request.wanted, request.target);
}

/** The same from a list that is at hand. */
export function pick(listed: Catalogued, wanted: WantedVersion, target: Target): ChosenRelease {
  const release = findRelease(listed.releases, wanted);
  if (release === null) {
    throw new FailureError('catalogue.noSuchVersion', {
      params: {
        version: nameOf(wanted),
        newest: withoutGo(newestFirst(listed.releases)[0]?.version ?? ''),
      },
      next: ['chooseOtherVersion', 'chooseOtherSource'],
    });
  }
  const choice = chooseFile(release, target);
  if (choice.kind === 'refused') {
    throw new FailureError(choice.code, {
      params: {
        version: withoutGo(release.version),
        os: target.os,
        arch: target.arch,
        file: choice.file?.filename ?? '',
      },
      next: ['chooseOtherVersion', 'chooseOtherSource'],
    });
  }
  return {
    source: listed.source,
    release,
    file: choice.file,
    sourceArchive: sourceFile(release),
    fallback: choice.fallback,
    listed,
  };
}

function nameOf(wanted: WantedVersion): string {
  switch (wanted.kind) {
    case 'latest':
      return 'latest';
    case 'line':
      return wanted.line;
    case 'version':
      return withoutGo(wanted.version);
  }
}
