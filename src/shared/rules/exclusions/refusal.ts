// Why an exclusion is not written; `exclusions.refused.<why>` is its sentence.
import type { PathRefusal } from '../winPath';

export type ExclusionRefusal =
  | PathRefusal
  | 'userVariable'
  | 'unknownVariable'
  | 'malformed'
  | 'tooManyWildcards'
  | 'shortName'
  | 'driveRoot'
  | 'networkDrive'
  | 'wholeShare'
  | 'thisComputer'
  | 'windowsFolder'
  | 'programFolder'
  | 'listedFolder'
  | 'usersFolder'
  | 'home'
  | 'temp'
  | 'personalFolder'
  | 'sharedFolder'
  | 'goBin'
  | 'coversModuleCache'
  | 'bareProcess'
  | 'listedProcess'
  | 'processWildcard'
  | 'listedExtension'
  | 'anyExtension'
  | 'ip';
