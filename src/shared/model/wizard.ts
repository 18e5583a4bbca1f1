// The wizard as main owns it: the renderer mirrors this and sends intents. Written to disk at each step, so that a
// closed window or a killed app comes back where it was.
import { z } from '../zod';
import { messageSchema } from './message';
import { failureSchema } from './failure';
import { foundGoSchema } from './installed';
import { proofIdSchema, proofSchema, verdictSchema } from './proof';
import { sourceSchema } from './release';
import { exclusionResultSchema, plannedExclusionSchema } from './exclusion';

export const wizardSteps = [
  'find',
  'choose',
  'download',
  'verify',
  'exclusions',
  'install',
  'done',
] as const;
export const wizardStepSchema = z.enum(wizardSteps);
export type WizardStep = z.infer<typeof wizardStepSchema>;

const findSchema = z.object({
  status: z.enum(['idle', 'searching', 'done']),
  installs: z.array(foundGoSchema).max(64),
  selectedId: z.string().max(64).nullable(),
  /** Milliseconds. */
  tookMs: z.number().nonnegative(),
  places: z.array(z.string().max(256)).max(32),
  /** ISO 8601, UTC: the list of releases that the support of each is from; null where there was none. */
  listedAt: z.string().max(40).nullable().default(null),
});

export const versionOptionSchema = z.object({
  version: z.string().max(64),
  supported: z.boolean(),
  preview: z.boolean(),
  /** A newer patch of the same line exists. */
  newerPatch: z.string().max(64).nullable(),
  /** "19 Aug 2026" is known only for what the bundled list dates; ISO date or null. */
  date: z.string().max(40).nullable(),
  /** False where the list has no usable file for this machine. */
  available: z.boolean(),
  size: z.number().nonnegative(),
});
export type VersionOption = z.infer<typeof versionOptionSchema>;

const chooseSchema = z.object({
  status: z.enum(['idle', 'loading', 'ready']),
  source: sourceSchema,
  sources: z.array(sourceSchema).max(8),
  fetchedAt: z.string().max(40).nullable(),
  fromCache: z.boolean(),
  newestPatch: versionOptionSchema.nullable(),
  newestStable: versionOptionSchema.nullable(),
  /** All versions with a file for this machine, newest first. */
  versions: z.array(versionOptionSchema).max(400),
  selected: z.object({
    offer: z.enum(['newestPatch', 'newestStable', 'other']),
    version: z.string().max(64).nullable(),
  }),
  arch: z.string().max(16),
});

const downloadSchema = z.object({
  status: z.enum(['idle', 'running', 'paused', 'complete']),
  filename: z.string().max(128),
  from: z.string().max(2048),
  received: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** Bytes a second over the last seconds; 0 while unknown. */
  speed: z.number().nonnegative(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** Bytes that an earlier attempt had left. */
  resumedFrom: z.number().nonnegative(),
  sha256: z.string().max(64),
  savedIn: z.string().max(4096),
  tookMs: z.number().nonnegative(),
});

const verifySchema = z.object({
  status: z.enum(['idle', 'running', 'done']),
  proofs: z.array(proofSchema).max(9),
  verdict: verdictSchema.nullable(),
  /** Proofs whose absence alone stops the upgrade and which the user may accept, told plainly. */
  acceptable: z.array(proofIdSchema).max(9),
  accepted: z.array(proofIdSchema).max(9),
  checkedAt: z.string().max(40).nullable(),
});

const exclusionsStepSchema = z.object({
  status: z.enum(['idle', 'planning', 'ready', 'applying', 'applied', 'skipped']),
  /** `none`: Defender has not blocked Go here. `plan`: it has. `cannot`: exclusions cannot help or be set here. */
  suggestion: z.enum(['none', 'plan', 'cannot']),
  reason: messageSchema,
  basis: z
    .array(z.object({ id: z.string().max(64), text: messageSchema, value: messageSchema }))
    .max(16),
  /** Shown: also with suggestion `none` once the user asked to plan one anyway. */
  open: z.boolean(),
  items: z.array(plannedExclusionSchema).max(16),
  changes: z
    .array(z.object({ icon: z.enum(['shield', 'folder', 'undo']), text: messageSchema }))
    .max(8),
  commands: z.array(z.string().max(8192)).max(32),
  willAsk: z.boolean(),
  results: z.array(exclusionResultSchema).max(32),
  run: z.string().max(64).nullable(),
  /** Runs of exclusions that were set before a block gave a reason for one more. */
  earlierRuns: z.array(z.string().max(64)).max(16).optional(),
});

export const installSubstepIds = ['folder', 'unpack', 'compare', 'switch', 'askVersion'] as const;
const installSchema = z.object({
  status: z.enum(['idle', 'running', 'complete']),
  substeps: z
    .array(
      z.object({
        id: z.enum(installSubstepIds),
        state: z.enum(['waiting', 'running', 'done', 'failed', 'notPossible']),
        note: z.string().max(512),
      }),
    )
    .max(8),
  files: z.number().nonnegative(),
  totalFiles: z.number().nonnegative(),
  filesPerSecond: z.number().nonnegative(),
  secondsLeft: z.number().nonnegative().nullable(),
  currentFile: z.string().max(1024),
  target: z.string().max(4096),
});

const doneSchema = z.object({
  status: z.enum(['idle', 'upgraded', 'undone']),
  /** What `go version` printed; null where the new Go does not run on this system. */
  goVersion: z.string().max(256).nullable(),
  before: z
    .object({
      version: z.string().max(64),
      keptUntil: z.string().max(40).nullable(),
      bytes: z.number(),
    })
    .nullable(),
  now: z.object({ version: z.string().max(64), root: z.string().max(4096) }).nullable(),
  changes: z
    .array(
      z.object({
        icon: z.enum(['folder', 'link', 'exclusion', 'setting', 'task']),
        text: messageSchema,
        until: messageSchema,
      }),
    )
    .max(64),
  /** What the PATH needs so that terminals find `current`; null where it already does. */
  pathGuidance: z.object({ text: messageSchema, command: z.string().max(1024) }).nullable(),
  run: z.string().max(64).nullable(),
  switchBackTo: z.string().max(64).nullable(),
});

export const wizardSchema = z.object({
  step: wizardStepSchema,
  /** The furthest step whose result still holds; steps up to it can be opened. */
  furthest: wizardStepSchema,
  run: z.string().max(64).nullable(),
  failure: failureSchema.nullable(),
  /** An earlier run that was cut off: the user chooses to go on or to roll back. */
  interrupted: z
    .object({
      run: z.string().max(64),
      what: messageSchema,
      canFinish: z.boolean(),
      at: z.string().max(40),
    })
    .nullable(),
  find: findSchema,
  choose: chooseSchema,
  download: downloadSchema,
  verify: verifySchema,
  exclusions: exclusionsStepSchema,
  install: installSchema,
  done: doneSchema,
});
export type Wizard = z.infer<typeof wizardSchema>;

export const initialWizard: Wizard = {
  step: 'find',
  furthest: 'find',
  run: null,
  failure: null,
  interrupted: null,
  find: { status: 'idle', installs: [], selectedId: null, tookMs: 0, places: [], listedAt: null },
  choose: {
    status: 'idle',
    source: { kind: 'go.dev' },
    sources: [],
    fetchedAt: null,
    fromCache: false,
    newestPatch: null,
    newestStable: null,
    versions: [],
    selected: { offer: 'newestStable', version: null },
    arch: 'amd64',
  },
  download: {
    status: 'idle',
    filename: '',
    from: '',
    received: 0,
    total: 0,
    speed: 0,
    secondsLeft: null,
    resumedFrom: 0,
    sha256: '',
    savedIn: '',
    tookMs: 0,
  },
  verify: {
    status: 'idle',
    proofs: [],
    verdict: null,
    acceptable: [],
    accepted: [],
    checkedAt: null,
  },
  exclusions: {
    status: 'idle',
    suggestion: 'none',
    reason: { key: 'exclusions.reason.noBlocks' },
    basis: [],
    open: false,
    items: [],
    changes: [],
    commands: [],
    willAsk: false,
    results: [],
    run: null,
  },
  install: {
    status: 'idle',
    substeps: installSubstepIds.map((id) => ({ id, state: 'waiting' as const, note: '' })),
    files: 0,
    totalFiles: 0,
    filesPerSecond: 0,
    secondsLeft: null,
    currentFile: '',
    target: '',
  },
  done: {
    status: 'idle',
    goVersion: null,
    before: null,
    now: null,
    changes: [],
    pathGuidance: null,
    run: null,
    switchBackTo: null,
  },
};
