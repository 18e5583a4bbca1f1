import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  initialWizard,
  wizardSchema,
  wizardSteps,
  type FoundGo,
  type PlannedExclusion,
  type Proof,
  type VersionOption,
  type Wizard,
} from '../model';
import { reduceWizard } from './wizard';
import type { WizardEvent } from './wizardEvents';
import { chosenVersion, indexOf, isComplete } from './wizardSteps';

const go = (id: string, version = 'go1.26.3'): FoundGo => ({
  id,
  version,
  root: `C:\\${id}`,
  origin: 'gangway',
  onPath: false,
  shadowed: false,
  supported: true,
  doubled: false,
  broken: false,
  confirmed: null,
  note: { key: 'find.note.newest' },
});
const option = (version: string): VersionOption => ({
  version,
  supported: true,
  preview: false,
  newerPatch: null,
  date: null,
  available: true,
  size: 100,
});
const listed = (newest: string): WizardEvent => ({
  kind: 'listed',
  choose: {
    source: { kind: 'go.dev' },
    sources: [{ kind: 'go.dev' }],
    fetchedAt: '2026-11-24T00:00:00.000Z',
    fromCache: false,
    newestPatch: option('go1.26.7'),
    newestStable: option(newest),
    versions: [option(newest), option('go1.26.7'), option('go1.26.3')],
    arch: 'amd64',
  },
});
const found = (...ids: string[]): WizardEvent => ({
  kind: 'found',
  installs: ids.map((id) => go(id)),
  suggestedId: ids[0] ?? null,
  tookMs: 4,
  places: ['PATH'],
  listedAt: null,
});
const started: WizardEvent = {
  kind: 'downloadStarted',
  download: {
    filename: 'go1.27.0.windows-amd64.zip',
    from: 'https://go.dev/dl/',
    total: 100,
    sha256: 'a'.repeat(64),
    savedIn: 'C:\\x',
    resumedFrom: 10,
  },
};
const proof: Proof = {
  id: 'size',
  state: 'passed',
  summary: { key: 'find.note.newest' },
  evidence: [],
};
const judged = (verdict: 'verified' | 'refused' | 'incomplete'): WizardEvent => ({
  kind: 'judged',
  verdict,
  proofs: [proof],
  acceptable: verdict === 'incomplete' ? ['checksumDatabase'] : [],
  checkedAt: '2026-11-24T00:00:00.000Z',
});
const item: PlannedExclusion = {
  id: 'p1',
  purpose: 'buildFolder',
  kind: 'path',
  value: 'C:\\tmp',
  target: 'C:\\tmp',
  contextual: false,
  why: { key: 'find.note.newest' },
  gain: { key: 'find.note.newest' },
  risk: { level: 'low', reason: { key: 'find.note.newest' } },
  expiry: '8h',
  enabled: true,
};
const planned: WizardEvent = {
  kind: 'planned',
  plan: {
    suggestion: 'plan',
    reason: { key: 'exclusions.reason.noBlocks' },
    basis: [],
    items: [item],
    changes: [],
    commands: [],
    willAsk: true,
  },
};
const installing: WizardEvent = { kind: 'installing', target: 'C:\\go\\1.27.0', run: 'r-1' };
const upgraded: WizardEvent = {
  kind: 'upgraded',
  done: { ...initialWizard.done, now: { version: 'go1.27.0', root: 'C:\\go\\1.27.0' }, run: 'r-1' },
};

const whole: readonly WizardEvent[] = [
  { kind: 'searching' },
  found('a', 'b'),
  { kind: 'continued' },
  { kind: 'listing' },
  listed('go1.27.0'),
  started,
  { kind: 'downloadMoved', received: 50, speed: 10, secondsLeft: 5 },
  { kind: 'downloaded', resumedFrom: 10, tookMs: 9 },
  { kind: 'verifying' },
  judged('verified'),
  { kind: 'continued' },
  planned,
  { kind: 'applying' },
  { kind: 'applied', results: [], run: 'r-0' },
  { kind: 'continued' },
  installing,
  { kind: 'substep', id: 'unpack', state: 'running' },
  {
    kind: 'installMoved',
    files: 3,
    totalFiles: 9,
    filesPerSecond: 1,
    secondsLeft: 6,
    currentFile: 'x',
  },
  upgraded,
];
const run = (events: readonly WizardEvent[], from: Wizard = initialWizard): Wizard =>
  events.reduce(reduceWizard, from);
/** All up to and with the nth event of its kind. */
const until = (kind: WizardEvent['kind'], nth = 1): Wizard => {
  let count = 0;
  const end = whole.findIndex((event) => event.kind === kind && (count += 1) === nth);
  return run(whole.slice(0, end + 1));
};

it('goes from the first step to the last', () => {
  const done = run(whole);
  expect(done.step).toBe('done');
  expect(done.furthest).toBe('done');
  expect(done.done.status).toBe('upgraded');
  expect(done.install).toMatchObject({ status: 'complete', files: 3 });
  expect(wizardSchema.parse(done)).toEqual(done);
});

describe('going on', () => {
  it('needs the step to be complete', () => {
    expect(run([{ kind: 'continued' }]).step).toBe('find');
    expect(reduceWizard(until('downloadStarted'), { kind: 'continued' }).step).toBe('download');
    expect(run([judged('refused'), { kind: 'continued' }], until('verifying')).step).toBe('verify');
    expect(run([judged('incomplete'), { kind: 'continued' }], until('verifying')).step).toBe(
      'verify',
    );
  });

  it('is possible without any Go here', () => {
    expect(run([found(), { kind: 'continued' }]).step).toBe('choose');
  });

  it('needs a version with a file for this machine', () => {
    const before = until('listed');
    const without = reduceWizard(before, {
      kind: 'listed',
      choose: { ...before.choose, newestStable: { ...option('go1.27.0'), available: false } },
    });
    expect(isComplete(without, 'choose')).toBe(false);
  });
});

describe('going back', () => {
  it.each(wizardSteps)('to %s and forward again loses nothing', (step) => {
    const before = run(whole);
    const back = reduceWizard(before, { kind: 'went', step });
    expect(back.step).toBe(step);
    expect(reduceWizard(back, { kind: 'went', step: 'done' })).toEqual(before);
  });

  it('never goes further than was reached', () => {
    const before = until('judged');
    expect(reduceWizard(before, { kind: 'went', step: 'install' })).toBe(before);
  });
});

describe('a changed choice', () => {
  it('of the version takes back what stood on it, and keeps what is before it', () => {
    const changed = reduceWizard(run(whole), {
      kind: 'choseVersion',
      selected: { offer: 'newestPatch', version: null },
    });
    expect(chosenVersion(changed)?.version).toBe('go1.26.7');
    expect(changed).toMatchObject({ step: 'choose', furthest: 'choose', run: null });
    expect(changed.download).toEqual(initialWizard.download);
    expect(changed.verify).toEqual(initialWizard.verify);
    expect(changed.install).toEqual(initialWizard.install);
    expect(changed.done).toEqual(initialWizard.done);
    expect(changed.find.installs).toHaveLength(2);
    // They are in Defender's list: hiding that would be a lie.
    expect(changed.exclusions.status).toBe('applied');
  });

  it('to the same version by another card changes nothing after it', () => {
    const before = until('judged');
    const changed = reduceWizard(before, {
      kind: 'choseVersion',
      selected: { offer: 'other', version: 'go1.27.0' },
    });
    expect(changed.verify).toEqual(before.verify);
    expect(changed.furthest).toBe(before.furthest);
  });

  it('of the Go takes back the rest; the same one again does not', () => {
    const before = until('judged');
    expect(reduceWizard(before, { kind: 'selectedGo', id: 'a' })).toBe(before);
    expect(reduceWizard(before, { kind: 'selectedGo', id: 'nobody' })).toBe(before);
    const changed = reduceWizard(before, { kind: 'selectedGo', id: 'b' });
    expect(changed).toMatchObject({ step: 'find', furthest: 'find' });
    expect(changed.choose.status).toBe('idle');
    expect(changed.download.status).toBe('idle');
  });

  it('of the source takes back the list and the rest; a skipped plan too', () => {
    const before = reduceWizard(until('planned'), { kind: 'skipped' });
    const changed = reduceWizard(before, {
      kind: 'choseSource',
      source: { kind: 'golang.google.cn' },
    });
    expect(changed.choose).toMatchObject({ status: 'idle', newestStable: null, versions: [] });
    expect(changed.exclusions).toEqual(initialWizard.exclusions);
    expect(reduceWizard(before, { kind: 'choseSource', source: { kind: 'go.dev' } })).toBe(before);
  });

  it('by the list itself: a newer release under the same card takes back the old download', () => {
    const changed = reduceWizard(until('judged'), listed('go1.27.1'));
    expect(changed.download).toEqual(initialWizard.download);
    expect(changed.step).toBe('choose');
    expect(reduceWizard(until('judged'), listed('go1.27.0')).verify.verdict).toBe('verified');
  });

  it('does not come from a search after the upgrade', () => {
    const after = reduceWizard(run(whole), found('c'));
    expect(after.done.status).toBe('upgraded');
    expect(after.find.selectedId).toBe('c');
  });
});

describe('a failure', () => {
  it('stops what runs and keeps what was reached', () => {
    const failure = {
      kind: 'failure' as const,
      code: 'network.unreachable' as const,
      params: {},
      next: [],
      details: [],
      at: '2026-11-24T00:00:00.000Z',
    };
    const failed = reduceWizard(until('downloadMoved'), { kind: 'failed', failure });
    expect(failed).toMatchObject({ step: 'download', failure });
    expect(failed.download).toMatchObject({ status: 'paused', received: 50, speed: 0 });
    expect(reduceWizard(failed, { kind: 'failureDismissed' }).failure).toBeNull();
    expect(reduceWizard(failed, { kind: 'went', step: 'find' }).failure).toBeNull();
    const install = reduceWizard(until('installMoved'), { kind: 'failed', failure });
    expect(install.install.status).toBe('idle');
    expect(install.install.substeps.find(({ id }) => id === 'unpack')?.state).toBe('failed');
  });

  it('of a proof keeps its rows when the person looks elsewhere', () => {
    const refused = run([judged('refused'), { kind: 'went', step: 'find' }], until('verifying'));
    expect(refused.verify).toMatchObject({ verdict: 'refused', proofs: [proof] });
  });

  it('that deletes the file takes its proofs with it', () => {
    const dropped = run([judged('refused'), { kind: 'downloadDropped' }], until('verifying'));
    expect(dropped).toMatchObject({ step: 'download', furthest: 'download' });
    expect(dropped.verify).toEqual(initialWizard.verify);
  });
});

it('after a new start nothing runs that the last process left running', () => {
  for (let length = 0; length <= whole.length; length += 1) {
    const before = run(whole.slice(0, length));
    const resumed = reduceWizard(before, { kind: 'resumed' });
    expect(resumed.step).toBe(before.step);
    expect(resumed.furthest).toBe(before.furthest);
    const statuses = [
      resumed.find.status,
      resumed.choose.status,
      resumed.download.status,
      resumed.verify.status,
      resumed.exclusions.status,
      resumed.install.status,
    ];
    expect(statuses).not.toContain('running');
    expect(statuses).not.toContain('searching');
    expect(statuses).not.toContain('loading');
    expect(statuses).not.toContain('planning');
    expect(statuses).not.toContain('applying');
  }
});

it('changes the plan only while it is ready', () => {
  const ready = until('planned');
  const off = reduceWizard(ready, { kind: 'toggled', id: 'p1', enabled: false });
  expect(off.exclusions.items[0]?.enabled).toBe(false);
  const longer = reduceWizard(off, { kind: 'expirySet', id: 'p1', expiry: '7d' });
  expect(longer.exclusions.items[0]).toMatchObject({ expiry: '7d', enabled: false });
  const applied = until('applied');
  expect(reduceWizard(applied, { kind: 'toggled', id: 'p1', enabled: false })).toBe(applied);
});

it('remembers each run of exclusions, so that an undo takes back all of them', () => {
  const again = [planned, { kind: 'applied', results: [], run: 'r-1' }] as const;
  const twice = again.reduce<Wizard>(
    (wizard, event) => reduceWizard(wizard, event),
    until('applied'),
  );
  expect(twice.exclusions).toMatchObject({ run: 'r-1', earlierRuns: ['r-0'], results: [] });
  const same = reduceWizard(twice, { kind: 'applied', results: [], run: 'r-1' });
  expect(same.exclusions.earlierRuns).toEqual(['r-0']);
});

it('keeps its promises whatever happens in whatever order', () => {
  const event: fc.Arbitrary<WizardEvent> = fc.oneof(
    fc.constantFrom(...whole),
    fc.constantFrom<WizardEvent>(
      { kind: 'resumed' },
      { kind: 'restarted' },
      { kind: 'downloadPaused' },
      { kind: 'downloadDropped' },
      { kind: 'skipped' },
      { kind: 'installStopped' },
      { kind: 'failureDismissed' },
      { kind: 'selectedGo', id: 'b' },
      { kind: 'choseVersion', selected: { offer: 'newestPatch', version: null } },
      { kind: 'choseSource', source: { kind: 'golang.google.cn' } },
      judged('refused'),
      judged('incomplete'),
      listed('go1.28.0'),
      found(),
    ),
    fc.constantFrom(...wizardSteps).map((step): WizardEvent => ({ kind: 'went', step })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let wizard: Wizard = initialWizard;
      for (const next of events) {
        const before = JSON.stringify(wizard);
        const after = reduceWizard(wizard, next);
        expect(JSON.stringify(wizard)).toBe(before);
        expect(indexOf(after.step)).toBeLessThanOrEqual(indexOf(after.furthest));
        expect(wizardSchema.safeParse(after).success).toBe(true);
        wizard = after;
      }
    }),
    { numRuns: 300 },
  );
});

it('reads a wizard that was written before it told how old its list of releases is', () => {
  const { listedAt, ...find } = initialWizard.find;
  expect(listedAt).toBeNull();
  expect(wizardSchema.parse({ ...initialWizard, find })).toEqual(initialWizard);
});

it('a list that did not come while nobody needs it leaves the choice to ask again', () => {
  const listing = reduceWizard(initialWizard, { kind: 'listing' });
  expect(reduceWizard(listing, { kind: 'notListed' }).choose.status).toBe('idle');
  expect(reduceWizard(initialWizard, { kind: 'notListed' })).toBe(initialWizard);
});
