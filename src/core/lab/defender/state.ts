// What the lab's Defender remembers, and how its entries are named.
import { exclusionSchema, type Exclusion } from '../../../shared/model';
import { sameText } from '../../../shared/rules/winPath';
import { z } from '../../../shared/zod';

/** What Register-ScheduledTask was given, so that the same can be read back. */
const definitionSchema = z.object({
  description: z.string().max(1024),
  user: z.string().max(256),
  actions: z.array(z.unknown()).max(32),
  triggers: z.array(z.unknown()).max(48),
  principal: z.unknown(),
  settings: z.unknown(),
});

const programSchema = z.object({
  execute: z.string().max(1024),
  /** One text, as Windows keeps it. CreateProcess takes 32,767 characters. */
  arguments: z.string().max(32_767),
  /** A start that was missed is made up for. */
  startWhenAvailable: z.boolean(),
  /** Milliseconds from one run to the next; null runs once. */
  every: z.number().positive().nullable(),
  /** The process of the lab that runs it now. */
  runner: z.number().int().nullable(),
  /** ISO 8601 and the code of the last run. */
  lastRun: z.string().nullable(),
  lastResult: z.number().nullable(),
  definition: definitionSchema,
});

export const taskSchema = z.object({
  name: z.string(),
  /** With a backslash at both ends. */
  path: z.string().default('\\Gangway\\'),
  /** When it is due, ISO 8601; null when no more. */
  at: z.string().nullable(),
  /** The lab's own task removes this; null for one that runs a program. */
  exclusion: exclusionSchema.nullable(),
  program: programSchema.nullable().default(null),
});
export type LabTask = z.infer<typeof taskSchema>;
export type TaskProgram = z.infer<typeof programSchema>;

export const stateSchema = z.object({
  /** Local entries, spelt as they were added. */
  exclusions: z.array(exclusionSchema),
  tasks: z.array(taskSchema),
  nextRecordId: z.number().int().positive(),
  /** Scenarios whose history has been written. */
  histories: z.array(z.string()),
  quarantine: z.array(
    z.object({ detectionId: z.string(), path: z.string(), file: z.string(), at: z.string() }),
  ),
  /** ISO 8601 of the system's own clock: reparse points made later are no targets yet. */
  serviceStartedAt: z.string(),
  /** `DisableRealtimeMonitoring` was set. */
  monitoringDisabled: z.boolean().default(false),
  /** When signatures were last updated, ISO 8601; null for as old as the lab. */
  signaturesAt: z.string().nullable().default(null),
});
export type LabState = z.infer<typeof stateSchema>;

/** Collects the events of one step; record ids are given in order. */
export type Emit = (channel: string, at: string, xml: (recordId: number) => string) => void;

export function freshState(): LabState {
  return {
    exclusions: [],
    tasks: [],
    nextRecordId: 1,
    histories: [],
    quarantine: [],
    serviceStartedAt: new Date().toISOString(),
    monitoringDisabled: false,
    signaturesAt: null,
  };
}

export function isSame(a: Exclusion, b: Exclusion): boolean {
  return a.kind === b.kind && sameText(a.value, b.value);
}

const registryName = {
  path: 'Paths',
  process: 'Processes',
  extension: 'Extensions',
  ip: 'IpAddresses',
} as const;

/** As event 5007 names an entry. */
export function registryValue({ kind, value }: Exclusion): string {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions';
  return `${key}\\${registryName[kind]}\\${value} = 0x0`;
}
