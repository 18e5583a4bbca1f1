// What is known of Defender, as sentences with a next step, and why a question to it went unanswered. One table, so that
// every adapter says the same of the same state.
import {
  message,
  type DefenderFactId,
  type DefenderFinding,
  type DefenderTroubleId,
  type NextStep,
} from '../../model';

/** A question that Defender did not answer. `cause` is the system's own text, for support. */
export interface DefenderTrouble {
  readonly id: DefenderTroubleId;
  readonly cause: string;
}

const nextOf: Readonly<Record<DefenderTroubleId | DefenderFactId, NextStep | null>> = {
  serviceOff: 'openWindowsSecurity',
  offByPolicy: 'askAdministrator',
  removed: null,
  moduleMissing: 'askAdministrator',
  noAnswer: 'retry',
  notPermitted: 'askAgain',
  languageMode: 'askAdministrator',
  notReached: 'retry',
  failed: 'report',
  otherAntivirus: null,
  passive: null,
  passiveAudit: null,
  limitedScanning: null,
  edrBlock: null,
  notRunning: 'openWindowsSecurity',
  unknownMode: 'report',
  paused: 'openWindowsSecurity',
  localEntriesIgnored: 'askAdministrator',
  exclusionsTamperProtected: 'askAdministrator',
  tamperProtection: null,
  managed: null,
  listsHiddenFromUsers: 'askAgain',
  listsHiddenFromAdministrators: 'askAdministrator',
  performanceMode: null,
  performanceModeOff: null,
  smartAppControl: null,
  smartAppControlEvaluation: null,
};

export function findingOf(
  id: DefenderTroubleId | DefenderFactId,
  params: Readonly<Record<string, string>> = {},
): DefenderFinding {
  return { id, sentence: message(`defender.finding.${id}`, params), next: nextOf[id] };
}

/** @param cause shown with `failed` and `notReached` alone: the others say all in their sentence */
export function findingOfTrouble({ id, cause }: DefenderTrouble): DefenderFinding {
  return id === 'failed' || id === 'notReached'
    ? findingOf(id, { cause: cause.slice(0, 512) })
    : findingOf(id);
}
