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
  /** The service runs. Off, every call fails with 0x800106ba. */
  readonly service: boolean;
  readonly realTimeProtection: boolean;
  readonly tamperProtection: boolean;
  /** `Features\TPExclusions`: exclusions are tamper protected, writes succeed and do nothing. */
  readonly tamperProtectedExclusions: boolean;
  /** DisableLocalAdminMerge: local entries are stored and have no effect. */
  readonly localEntriesIgnored: boolean;
  readonly policyPaths: readonly string[];
  /** Who is answered with `N/A: …` instead of the lists. */
  readonly listsHidden: 'nobody' | 'unelevated' | 'everyone';
  readonly otherAntivirus: string | null;
  readonly smartAppControl: 'on' | 'off' | 'evaluation';
  /** The rule that stops programs by age and prevalence is on. */
  readonly attackSurfaceReduction: boolean;
  readonly promptAnswer: 'yes' | 'no';
  /** What Defender's model takes for malware. */
  readonly takes: readonly ('releaseArchive' | 'compiler' | 'builtPrograms')[];
  /** A history of test programs taken on an earlier day. */
  readonly history: 'none' | 'testPrograms' | 'launchBlocked' | 'appControl';
  /** Platform and engine, which decide whether `\:{…}` is understood. */
  readonly platform: string;
  readonly engine: string;
}

const ordinary: LabSettings = {
  service: true,
  realTimeProtection: true,
  tamperProtection: true,
  tamperProtectedExclusions: false,
  localEntriesIgnored: false,
  policyPaths: [],
  listsHidden: 'nobody',
  otherAntivirus: null,
  smartAppControl: 'off',
  attackSurfaceReduction: false,
  promptAnswer: 'yes',
  takes: [],
  history: 'none',
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
