// The folders of one computer that no exclusion may cover. What every Windows has is known without asking, so that the
// elevated side can judge without trusting what it was told.

export interface Places {
  /** Variables that mean the same to every account, by upper-case name. */
  readonly variables: Readonly<Record<string, string>>;
  /** The user's own folder; null where it is not known. */
  readonly home: string | null;
  /** The user's folders for temporary files. */
  readonly temp: readonly string[];
  /** Drives that are folders of another computer, as `Z:`. */
  readonly networkDrives: readonly string[];
  /** `GOPATH\bin` and GOBIN: on the PATH, full of programs that were downloaded. */
  readonly goBins: readonly string[];
  readonly goModCache: string | null;
}

export const everyWindows: Places = {
  variables: {},
  home: null,
  temp: [],
  networkDrives: [],
  goBins: [],
  goModCache: null,
};

/** From the environment (upper-case names) and, where Go could be asked, from `go env`. */
export function placesOf(
  environment: Readonly<Record<string, string>>,
  home: string,
  goEnv: Readonly<Record<string, string>> | null,
): Places {
  const variables: Record<string, string> = {};
  for (const name of Object.keys(environment)) {
    const value = environment[name] ?? '';
    if (machineWide.has(name.toUpperCase()) && /^[a-z]:/i.test(value)) {
      variables[name.toUpperCase()] = value;
    }
  }
  const temp = [environment['TEMP'], environment['TMP']].filter(
    (folder): folder is string => folder !== undefined && folder !== '',
  );
  const goPaths = (goEnv?.['GOPATH'] ?? '').split(';').filter((folder) => folder !== '');
  const goBin = goEnv?.['GOBIN'] ?? '';
  return {
    variables,
    home,
    temp,
    networkDrives: [],
    goBins: [...goPaths.map((folder) => `${folder}\\bin`), ...(goBin === '' ? [] : [goBin])],
    goModCache: goEnv?.['GOMODCACHE'] ?? null,
  };
}

const machineWide = new Set([
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'WINDIR',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PROGRAMW6432',
  'PROGRAMDATA',
  'ALLUSERSPROFILE',
  'PUBLIC',
]);
