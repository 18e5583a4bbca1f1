// Defender's history: detections joined with the names of their threats, newest first.
import { z } from '../../../shared/zod';
import type { ThreatDetection } from '../../ports';
import { fieldsSchema, flag, text, textOrNull, texts, whole, type Fields } from './answers';

/** Of `threats.ps1`. Times are ISO 8601, UTC. */
export const threatsAnswerSchema = z.object({
  /** Get-MpThreatDetection. */
  detections: z.array(fieldsSchema),
  /** Get-MpThreat: only it has the names. */
  threats: z.array(fieldsSchema),
});
export type ThreatsAnswer = z.infer<typeof threatsAnswerSchema>;

/** Detections at most; the newest are kept. */
export const mostDetections = 1000;

export function parseThreats({ detections, threats }: ThreatsAnswer): readonly ThreatDetection[] {
  const names = new Map<number, string>();
  for (const threat of threats) {
    const id = whole(threat['ThreatID']);
    const name = textOrNull(threat['ThreatName']);
    if (id !== null && name !== null) names.set(id, name);
  }
  return detections
    .map((fields) => detectionOf(fields, names))
    .filter((detection) => detection.detectionId !== '')
    .sort((a, b) => ((a.detectedAt ?? '') < (b.detectedAt ?? '') ? 1 : -1))
    .slice(0, mostDetections);
}

function detectionOf(fields: Fields, names: ReadonlyMap<number, string>): ThreatDetection {
  const threatId = whole(fields['ThreatID']);
  return {
    detectionId: text(fields['DetectionID']).toUpperCase(),
    threatId,
    threatName: threatId === null ? null : (names.get(threatId) ?? null),
    resources: texts(fields['Resources']),
    process: processOf(fields['ProcessName']),
    user: textOrNull(fields['DomainUser']),
    detectedAt: time(fields['InitialDetectionTime']),
    changedAt: time(fields['LastThreatStatusChangeTime']),
    remediatedAt: time(fields['RemediationTime']),
    status: whole(fields['ThreatStatusID']),
    action: whole(fields['CleaningActionID']),
    actionSucceeded: flag(fields['ActionSuccess']),
    errorCode: whole(fields['ThreatStatusErrorCode']),
  };
}

/** `Unknown` stands where Defender does not know the process. */
function processOf(value: unknown): string | null {
  const name = textOrNull(value);
  return name !== null && /^unknown$/i.test(name) ? null : name;
}

function time(value: unknown): string | null {
  const at = Date.parse(text(value));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
