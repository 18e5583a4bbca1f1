// What a release file is, by its name: which proofs can exist for it follows from that.
import type { MachineArch, MachineOs } from '../../shared/model';
import { parseGoVersion } from '../../shared/rules/goVersion';

export type ArtefactKind = 'zip' | 'tarGz' | 'source' | 'msi' | 'pkg';

export interface Artefact {
  readonly kind: ArtefactKind;
  /** "go1.27.0" */
  readonly version: string;
  /** Null for the source archive, which is for all of them. */
  readonly platform: { readonly os: MachineOs; readonly arch: MachineArch } | null;
  /** The name under which Go publishes it. */
  readonly filename: string;
}

/** Null for a name that Go does not give to files which Gangway can prove. */
export function artefactOf(filename: string): Artefact | null {
  const source = /^(go[0-9a-z.]+)\.src\.tar\.gz$/.exec(filename);
  const built =
    /^(go[0-9a-z.]+)\.(windows|linux|darwin)-(amd64|arm64|386)\.(zip|tar\.gz|msi|pkg)$/.exec(
      filename,
    );
  const version = source?.[1] ?? built?.[1];
  if (version === undefined || parseGoVersion(version) === null) return null;
  if (built === null) return { kind: 'source', version, platform: null, filename };
  const platform = { os: built[2] as MachineOs, arch: built[3] as MachineArch };
  return { kind: kinds[built[4] as keyof typeof kinds], version, platform, filename };
}

const kinds = { zip: 'zip', 'tar.gz': 'tarGz', msi: 'msi', pkg: 'pkg' } as const;
