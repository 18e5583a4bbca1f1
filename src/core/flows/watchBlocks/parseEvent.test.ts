import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeIntegrityXml,
  configurationXml,
  detectionXml,
  surfaceReductionXml,
} from '../../lab/defender/eventXml';
import { maxEventChars, parseEvent, readResources } from './parseEvent';
import { tellBlocks } from './stories';

const versions = { product: '4.18.26090.3', engine: '1.1.26090.2' };
const at = '2026-11-20T16:20:11.123Z';
const detection = {
  eventId: 1117 as const,
  detectionId: '{0A1B2C3D-0000-4000-A000-000000000001}',
  at,
  threatId: 2147735503,
  threatName: 'Trojan:Win32/Wacatac.C!ml',
  user: 'LAB\\lin',
  process: 'C:\\R&D\\"go" <1>\\bin\\go.exe',
  path: 'file:_C:\\Users\\林\\AppData\\Local\\Temp\\go-build1\\b001\\vm.test.exe',
  actionId: 2 as const,
  versions,
};

describe('events', () => {
  it('are read by number and field name', () => {
    const parsed = parseEvent(detectionXml(7, detection));
    expect(parsed).toMatchObject({
      kind: 'event',
      event: {
        kind: 'detection',
        recordId: 7,
        eventId: 1117,
        at,
        detectionId: detection.detectionId,
        threat: detection.threatName,
        process: detection.process,
        actionId: 2,
        statusCode: 3,
        paths: [{ kind: 'file', path: detection.path.slice('file:_'.length) }],
      },
    });
  });

  it('of the other kinds', () => {
    const rule = '01443614-CD74-433A-B99E-2ECDC07BFC25';
    const launch = {
      at,
      rule,
      user: 'LAB\\lin',
      path: 'C:\\a.exe',
      process: 'C:\\b.exe',
      versions,
    };
    expect(parseEvent(surfaceReductionXml(8, launch))).toMatchObject({
      event: { kind: 'surfaceReduction', rule, path: 'C:\\a.exe' },
    });
    const file = '\\Device\\HarddiskVolume3\\Users\\lin\\go\\bin\\gopls.exe';
    const sha256 = 'ab'.repeat(32);
    expect(parseEvent(codeIntegrityXml(9, { at, file, process: file, sha256 }))).toMatchObject({
      event: { kind: 'appControl', file, policy: '0283AC0F-FFF1-49AE-ADA1-8A933130CAD6' },
    });
    const change = { before: '', after: 'HKLM\\…\\Paths\\C:\\a = b = 0x0' };
    expect(parseEvent(configurationXml(10, at, versions.product, change))).toMatchObject({
      event: { kind: 'configuration', ...change },
    });
    const other = configurationXml(11, at, '', change).replace('>5007<', '>1150<');
    expect(parseEvent(other)).toEqual({ kind: 'other', eventId: 1150 });
  });

  it('decode each entity once', () => {
    const xml = detectionXml(1, { ...detection, process: 'C:\\&amp;lt;&#60;' });
    expect(parseEvent(xml)).toMatchObject({ event: { process: 'C:\\&amp;lt;&#60;' } });
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'Event 1116'],
    ['cut off', detectionXml(1, detection).slice(0, 300)],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${detectionXml(1, detection)}`],
    ['an entity', `<!entity a "b">${detectionXml(1, detection)}`],
    ['too large', detectionXml(1, detection) + ' '.repeat(maxEventChars)],
    ['no header', '<Event><EventData/></Event>'],
  ])('%s is unreadable, and nothing is thrown', (_, xml) => {
    expect(parseEvent(xml).kind).toBe('unreadable');
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        parseEvent(text);
        parseEvent(detectionXml(1, detection).replace('Real-Time', text));
        parseEvent(`<Event><System>${text}</System></Event>`);
      }),
    );
  });

  it('keep no names of the prototype', () => {
    const xml = detectionXml(1, detection).replace("Name='Unused'", "Name='__proto__'");
    expect(parseEvent(xml).kind).toBe('event');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('resources', () => {
  it.each([
    ['file:_C:\\a.exe', [{ kind: 'file', path: 'C:\\a.exe' }]],
    [
      'containerfile:_C:\\a.zip; file:_C:\\a.zip->b.exe',
      [
        { kind: 'containerfile', path: 'C:\\a.zip' },
        { kind: 'file', path: 'C:\\a.zip->b.exe' },
      ],
    ],
    [
      'file:_C:\\x.ps1->(SCRIPT0005);process:_pid:4242,ProcessStart:1',
      [
        { kind: 'file', path: 'C:\\x.ps1' },
        { kind: 'process', path: 'pid:4242,ProcessStart:1' },
      ],
    ],
    [
      'webfile:_C:\\f.zip|https://example.com/f;g.zip|pid:4648,ProcessStart:1',
      [{ kind: 'webfile', path: 'C:\\f.zip' }],
    ],
    ['file:_C:\\a; b.exe', [{ kind: 'file', path: 'C:\\a; b.exe' }]],
    ['', []],
  ])('%s', (text, resources) => {
    expect(readResources(text)).toEqual(resources);
  });
});

const real = resolve('../shared/data/defender-events');
if (!existsSync(real)) console.log(`skipped: real event records are not at ${real}`);

describe('real records', () => {
  const read = (name: string): readonly string[] =>
    readFileSync(`${real}/${name}`, 'utf8').match(/<Event [\s\S]*?<\/Event>/g) ?? [];

  it.skipIf(!existsSync(real))('of 2019, with references to a message table', async () => {
    const parsed = read('1116-1117-2019-message-table.xml').map(parseEvent);
    expect(parsed.length).toBeGreaterThan(8);
    const events = parsed.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    expect(events).toHaveLength(parsed.length);
    const blocks = await tellBlocks(events, {
      places: { roots: [], gangway: [], downloads: null, goFolders: [] },
      identify: () => Promise.resolve(null),
    });
    const ids = new Set(
      events.flatMap((one) => (one.kind === 'detection' ? [one.detectionId] : [])),
    );
    expect(blocks.reduce((sum, block) => sum + block.count, 0)).toBe(ids.size);
    expect(blocks.every((block) => !block.concernsGo && block.verdict === 'notGo')).toBe(true);
    expect(blocks.map((block) => block.action)).toContain('failed');
    expect(blocks.map((block) => block.action)).toContain('allowed');
  });

  it.skipIf(!existsSync(real))('of attack surface reduction, configuration, code integrity', () => {
    expect(read('1121-asr-block-2023.xml').map(parseEvent)).toMatchObject([
      { event: { kind: 'surfaceReduction', rule: '3B576869-A4EC-4529-8536-B80A7769E899' } },
    ]);
    expect(read('5007-config-change-2023.xml').map(parseEvent)).toMatchObject([
      { event: { kind: 'configuration', after: '' } },
    ]);
    // 3076 is an audit: nothing was stopped, and only the number tells.
    expect(read('codeintegrity-3076-2026.xml').map(parseEvent)).toEqual([
      { kind: 'other', eventId: 3076 },
    ]);
    const enforced = read('codeintegrity-3076-2026.xml').map((xml) =>
      xml.replace('>3076<', '>3077<'),
    );
    expect(enforced.map(parseEvent)).toMatchObject([
      { event: { kind: 'appControl', policy: 'D69C1CBA-E1FC-489E-B177-A9BA36E1D7E6' } },
    ]);
  });
});
