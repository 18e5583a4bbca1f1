// What each scenario of the lab makes of Defender and of Windows' prompt. A scenario is a configuration, not a script:
// what happens follows from the same rules everywhere.

export const scenarioNames = [
  'clean',
  'blockOnDownload',
  'blockOnExtract',
  'asrBlock',
  'smartAppControl',
  'tamperProtected',
  'managed',
  'hiddenLists',
  'thirdPartyAntivirus',
  'uacDeclined',
  'defenderOff',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export function isScenario(name: string): name is ScenarioName {
  return (scenarioNames as readonly string[]).includes(name);
}

export interface LabSettings {
  /** The service runs. Off, every call fails with `serviceError`. */
  readonly service: boolean;
  /** What a call says where the service does not run: 0x800106ba, or 0x800704ec where a policy forbids it. */
  readonly serviceError: string;
  readonly cmdlets: CmdletState;
  readonly realTimeProtection: boolean;
  /** `AMRunningMode`; null is what follows from the rest. Windows' own words vary, and new ones come. */
  readonly runningMode: string | null;
  readonly tamperProtection: boolean;
  /** `Features\TPExclusions`: exclusions are tamper protected, writes succeed and do nothing. */
  readonly tamperProtectedExclusions: boolean;
  /** DisableLocalAdminMerge: local entries are stored and have no effect. */
  readonly localEntriesIgnored: boolean;
  readonly policyPaths: readonly string[];
  /** Where the policy's entries are written: as registry values by Group Policy, or one `|` list by Intune. */
  readonly policyFrom: 'groupPolicy' | 'intune';
  /** Who is answered with `N/A: …` instead of the lists. `everyone` is the policy HideExclusionsFromLocalAdmins. */
  readonly listsHidden: 'nobody' | 'unelevated' | 'everyone';
  /** The policy HideExclusionsFromLocalUsers is set; it changes nothing for an un-elevated administrator. */
  readonly listsHiddenFromUsers: boolean;
  /** Early builds say "Must be and administrator". */
  readonly hiddenText: 'current' | 'early';
  /** Another product that protects this computer. */
  readonly otherAntivirus: string | null;
  /** Another product that is registered and does not protect: its subscription ended. */
  readonly expiredAntivirus: string | null;
  /** `root\SecurityCenter2`; a server has none. */
  readonly securityCenter: boolean;
  readonly smartAppControl: 'on' | 'off' | 'evaluation' | 'unknown';
  /** Letters of drives that are Dev Drives (ReFS, trusted). */
  readonly devDrives: readonly string[];
  /** `PerformanceModeStatus`: a Dev Drive's files are scanned later. Older platforms have none. */
  readonly performanceMode: 'on' | 'off' | 'absent';
  /** `ManagedDefenderProductType`. */
  readonly managedBy: 'nobody' | 'intune' | 'configurationManager';
  /** The rule that stops programs by age and prevalence is on. */
  readonly attackSurfaceReduction: boolean;
  /** `none`: nobody answers. Windows takes that for a no after two minutes. */
  readonly promptAnswer: 'yes' | 'no' | 'none';
  /** What Defender's model takes for malware. */
  readonly takes: readonly ('releaseArchive' | 'compiler' | 'builtPrograms')[];
  /** A history of test programs taken on an earlier day. */
  readonly history: 'none' | 'testPrograms' | 'launchBlocked' | 'appControl';
  /** Where MpCmdRun.exe is. Without a platform update it is only below Program Files. */
  readonly mpCmdRun: 'platform' | 'programFiles' | 'missing';
  readonly eventLog: 'readable' | 'denied' | 'missing';
  /** `forgets`: a task is registered without a word and not there when it is looked for. */
  readonly scheduler: 'works' | 'denied' | 'forgets';
  readonly signatureUpdate: 'works' | 'fails';
  /** Platform and engine, which decide whether `\:{…}` is understood. */
  readonly platform: string;
  readonly engine: string;
}

/** What becomes of a call of the Defender module. */
export type CmdletState =
  | 'work'
  /** No error and no object, from status and preferences alike. */
  | 'empty'
  | 'emptyStatus'
  /** No such command. */
  | 'moduleMissing'
  /** The command is there and its module does not load. */
  | 'moduleNotLoaded'
  /** 0x8004100e: Defender was removed. */
  | 'namespaceMissing'
  /** 0x80041013. */
  | 'providerFails'
  /** `MI RESULT 16`. */
  | 'notAvailable';

const ordinary: LabSettings = {
  service: true,
  serviceError: '0x800106ba',
  cmdlets: 'work',
  realTimeProtection: true,
  runningMode: null,
  tamperProtection: true,
  tamperProtectedExclusions: false,
  localEntriesIgnored: false,
  policyPaths: [],
  policyFrom: 'groupPolicy',
  listsHidden: 'nobody',
  listsHiddenFromUsers: false,
  hiddenText: 'current',
  otherAntivirus: null,
  expiredAntivirus: null,
  securityCenter: true,
  smartAppControl: 'off',
  devDrives: [],
  performanceMode: 'absent',
  managedBy: 'nobody',
  attackSurfaceReduction: false,
  promptAnswer: 'yes',
  takes: [],
  history: 'none',
  mpCmdRun: 'platform',
  eventLog: 'readable',
  scheduler: 'works',
  signatureUpdate: 'works',
  platform: '4.18.26090.3',
  engine: '1.1.26090.2',
};

/** Test programs are taken and have been before: exclusions have a reason. */
const blocking: LabSettings = { ...ordinary, takes: ['builtPrograms'], history: 'testPrograms' };

export const scenarios: Readonly<Record<ScenarioName, LabSettings>> = {
  clean: ordinary,
  blockOnDownload: { ...blocking, takes: ['releaseArchive', 'builtPrograms'] },
  blockOnExtract: { ...blocking, takes: ['compiler', 'builtPrograms'] },
  asrBlock: { ...ordinary, attackSurfaceReduction: true, history: 'launchBlocked' },
  smartAppControl: { ...ordinary, smartAppControl: 'on', history: 'appControl' },
  tamperProtected: { ...blocking, tamperProtectedExclusions: true },
  managed: {
    ...blocking,
    localEntriesIgnored: true,
    policyPaths: ['C:\\ProgramData\\Contoso\\Agent'],
  },
  hiddenLists: { ...blocking, listsHidden: 'unelevated' },
  thirdPartyAntivirus: {
    ...ordinary,
    otherAntivirus: 'Contoso Endpoint Protection',
    realTimeProtection: false,
    tamperProtection: false,
  },
  uacDeclined: { ...blocking, promptAnswer: 'no' },
  defenderOff: {
    ...ordinary,
    service: false,
    realTimeProtection: false,
    tamperProtection: false,
  },
};
