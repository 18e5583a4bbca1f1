// The folders of the lab's user, as Windows paths. The user is `lin` unless another name is asked for.

export const labUserName = 'lin';

export interface LabFolders {
  readonly home: string;
  readonly temp: string;
  readonly installRoot: string;
  readonly buildFolder: string;
  readonly downloads: string;
  readonly goCache: string;
  readonly goModCache: string;
  readonly goPath: string;
  readonly goEnv: string;
}

/** @param user a name that a Windows folder can have */
export function labFoldersOf(user: string): LabFolders {
  const home = `C:\\Users\\${user}`;
  const local = `${home}\\AppData\\Local`;
  return {
    home,
    temp: `${local}\\Temp`,
    installRoot: `${local}\\Gangway\\go`,
    buildFolder: `${local}\\Gangway\\tmp`,
    downloads: `${local}\\Gangway\\downloads`,
    goCache: `${local}\\go-build`,
    goModCache: `${home}\\go\\pkg\\mod`,
    goPath: `${home}\\go`,
    goEnv: `${home}\\AppData\\Roaming\\go\\env`,
  };
}

/** Of `lin`. */
export const labFolders = labFoldersOf(labUserName);

/** What Windows allows as the name of a user: no separators, wildcards or quotes, not only dots and spaces. */
export function isLabUser(name: string): boolean {
  return /^[^\\/:*?"<>|[\];=,+@\p{Cc}]{1,20}$/u.test(name) && !/^[. ]|[. ]$/.test(name);
}
