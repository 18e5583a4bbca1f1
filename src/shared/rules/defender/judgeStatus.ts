// From what Windows tells of Defender to what is said of it. Pure; the lab and the real computer are judged alike.
// What is not told stays null or `unknown`, and a running mode that nobody has heard of is no error.
import { message, type DefenderFinding, type DefenderStatus } from '../../model';
import { understandsContexts } from '../exclusions';
import { findingOf, findingOfTrouble, type DefenderTrouble } from './findings';

export interface DefenderFacts {
  /** Null where Get-MpComputerStatus gave an object. */
  readonly trouble: DefenderTrouble | null;
  /** `AMRunningMode` as it stands; empty where it is not told. */
  readonly runningMode: string;
  readonly serviceEnabled: boolean | null;
  readonly antivirusEnabled: boolean | null;
  readonly realTimeProtection: boolean | null;
  readonly tamperProtection: boolean | null;
  readonly platform: string;
  readonly engine: string;
  /** The name of an active antivirus that is not Microsoft's. */
  readonly otherAntivirus: string | null;
  /** `DisableLocalAdminMerge`. */
  readonly localEntriesIgnored: boolean;
  /** `Features\TPExclusions`. */
  readonly exclusionsTamperProtected: boolean;
  /** `HideExclusionsFromLocalUsers`, `HideExclusionsFromLocalAdmins`. */
  readonly hiddenFrom: 'nobody' | 'users' | 'administrators';
  /** Intune or Configuration Manager. */
  readonly managed: boolean;
  readonly performanceMode: 'on' | 'off' | 'unknown';
  readonly smartAppControl: DefenderStatus['smartAppControl'];
}

/** A computer on which Defender told nothing and nothing else is known. */
export const nothingKnown: Omit<DefenderFacts, 'trouble'> = {
  runningMode: '',
  serviceEnabled: null,
  antivirusEnabled: null,
  realTimeProtection: null,
  tamperProtection: null,
  platform: '',
  engine: '',
  otherAntivirus: null,
  localEntriesIgnored: false,
  exclusionsTamperProtected: false,
  hiddenFrom: 'nobody',
  managed: false,
  performanceMode: 'unknown',
  smartAppControl: 'unknown',
};

type Kind = DefenderStatus['kind'];

export function judgeStatus(facts: DefenderFacts, now: Date): DefenderStatus {
  const { kind, why } = kindOf(facts);
  return {
    kind,
    realTimeProtection: facts.realTimeProtection,
    tamperProtection: facts.tamperProtection,
    managed: facts.localEntriesIgnored,
    otherAntivirus: kind === 'otherAntivirus' ? facts.otherAntivirus : null,
    smartAppControl: facts.smartAppControl,
    contextualExclusions: understandsContexts(facts.platform, facts.engine),
    sentence: facts.localEntriesIgnored
      ? message('defender.sentence.managed')
      : message(`defender.sentence.${kind}`),
    findings: [...why, ...circumstances(facts, kind)],
    readAt: now.toISOString(),
  };
}

interface Judged {
  readonly kind: Kind;
  readonly why: readonly DefenderFinding[];
}

function kindOf(facts: DefenderFacts): Judged {
  const own = ownKind(facts);
  const { otherAntivirus } = facts;
  // Two can be registered: what counts is whether Defender itself guards.
  if (otherAntivirus === null || own.kind === 'on' || facts.realTimeProtection === true) return own;
  return {
    kind: 'otherAntivirus',
    why: [findingOf('otherAntivirus', { name: otherAntivirus }), ...own.why],
  };
}

function ownKind(facts: DefenderFacts): Judged {
  if (facts.trouble !== null) {
    return { kind: kindOfTrouble(facts.trouble, facts), why: [findingOfTrouble(facts.trouble)] };
  }
  if (facts.serviceEnabled === false) return { kind: 'off', why: [findingOf('serviceOff')] };
  const mode = facts.runningMode.trim().toLowerCase();
  switch (mode) {
    case 'passive mode':
      return { kind: 'passive', why: [findingOf('passive')] };
    case 'passive audit mode':
      return { kind: 'passive', why: [findingOf('passiveAudit')] };
    case 'sxs passive mode':
      return { kind: 'passive', why: [findingOf('limitedScanning')] };
    case 'edr block mode':
      return { kind: 'passive', why: [findingOf('edrBlock')] };
    case 'not running':
      return { kind: 'off', why: [findingOf('notRunning')] };
    case 'normal':
    case '':
      return byWhatIsOn(facts);
    default: {
      const judged = byWhatIsOn(facts);
      const unheard = findingOf('unknownMode', { mode: facts.runningMode.trim().slice(0, 64) });
      return { kind: judged.kind, why: [...judged.why, unheard] };
    }
  }
}

function kindOfTrouble({ id }: DefenderTrouble, { serviceEnabled }: DefenderFacts): Kind {
  const isOff = id === 'serviceOff' || id === 'offByPolicy' || id === 'removed';
  // The service can be asked apart from Defender.
  return isOff || serviceEnabled === false ? 'off' : 'unknown';
}

function byWhatIsOn({ antivirusEnabled, realTimeProtection }: DefenderFacts): Judged {
  if (antivirusEnabled === false) return { kind: 'off', why: [findingOf('notRunning')] };
  if (realTimeProtection === true) return { kind: 'on', why: [] };
  if (realTimeProtection === false) return { kind: 'paused', why: [findingOf('paused')] };
  return { kind: 'unknown', why: [findingOf('noAnswer')] };
}

/** What decides whether an exclusion can be written, be seen or help at all, whatever Defender's state. */
function circumstances(facts: DefenderFacts, kind: Kind): readonly DefenderFinding[] {
  const found: DefenderFinding[] = [];
  if (facts.localEntriesIgnored) found.push(findingOf('localEntriesIgnored'));
  if (facts.exclusionsTamperProtected) found.push(findingOf('exclusionsTamperProtected'));
  if (facts.smartAppControl === 'on') found.push(findingOf('smartAppControl'));
  if (facts.smartAppControl === 'evaluation') found.push(findingOf('smartAppControlEvaluation'));
  if (facts.hiddenFrom === 'administrators') found.push(findingOf('listsHiddenFromAdministrators'));
  if (facts.hiddenFrom === 'users') found.push(findingOf('listsHiddenFromUsers'));
  if (facts.managed) found.push(findingOf('managed'));
  if (kind !== 'on' && kind !== 'paused') return found;
  // It says that exclusions can still be changed here: not beside one that says they cannot.
  const areTheirs = facts.localEntriesIgnored || facts.exclusionsTamperProtected;
  if (facts.tamperProtection === true && !areTheirs) found.push(findingOf('tamperProtection'));
  if (facts.performanceMode === 'on') found.push(findingOf('performanceMode'));
  if (facts.performanceMode === 'off') found.push(findingOf('performanceModeOff'));
  return found;
}
