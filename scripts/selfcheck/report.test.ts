import { describe, expect, it } from 'vitest';
import { newestOf } from './defenderChecks';
import { countOf, jsonOf, textOf, withoutNames, type Report } from './report';

const lin = {
  USERPROFILE: 'C:\\Users\\Lin Wei',
  USERNAME: 'Lin Wei',
  COMPUTERNAME: 'DESKTOP-42',
  USERDOMAIN: 'DESKTOP-42',
};

describe('withoutNames', () => {
  it.each([
    ['C:\\Users\\Lin Wei\\go', '%USERPROFILE%\\go'],
    ['c:\\users\\LIN WEI\\go', '%USERPROFILE%\\go'],
    ['C:/Users/Lin Wei/go', '%USERPROFILE%/go'],
    ['{"path":"C:\\\\Users\\\\Lin Wei\\\\go"}', '{"path":"%USERPROFILE%\\\\go"}'],
    ['DESKTOP-42\\Lin Wei said', '%COMPUTERNAME%\\%USERNAME% said'],
    [
      'C:\\Users\\Someone Else\\x and C:\\Users\\Public\\y',
      'C:\\Users\\%SOMEONE%\\x and C:\\Users\\Public\\y',
    ],
    ['S-1-5-21-111-222-333-1001 and S-1-5-18', 'S-1-5-21-… and S-1-5-18'],
    ['Linear weights', 'Linear weights'],
  ])('makes of %j: %j', (text, expected) => {
    expect(withoutNames(text, lin)).toBe(expected);
  });

  it.each(['a', 'x', 'Administrator', '$(x)', 'O.*'])(
    'takes the name %j only as a word',
    (name) => {
      expect(withoutNames(`an ${name}b of ${name}.`, { USERNAME: name })).toBe(
        `an ${name}b of %USERNAME%.`,
      );
    },
  );

  it('does nothing without names', () => {
    expect(withoutNames('C:\\Windows', {})).toBe('C:\\Windows');
  });
});

const report: Report = {
  gangway: '0.1.0',
  system: 'win32 10.0 x64',
  node: '20.19.0',
  wrote: false,
  lines: [
    { id: 'host.version', how: 'read', status: 'differs', seen: '7.6.9' },
    { id: 'host.start', how: 'read', status: 'passed', seen: '400 ms' },
    { id: 'app.toast', how: 'hand', status: 'couldNotTell', seen: 'by hand' },
  ],
};

describe('a report', () => {
  it('says of each line what was seen, and what was expected where that differs', () => {
    const text = textOf(report);
    expect(text).toMatch(/DIFFERS +host\.version: 7\.6\.9\n +expected: 5\.1, /);
    expect(text).toMatch(/passed +host\.start: 400 ms\n/);
    expect(text).toContain('1 passed, 1 differ, 1 could not be told');
  });

  it('is the same for machines, with its counts', () => {
    expect(JSON.parse(jsonOf(report))).toMatchObject({ ...report, counts: countOf(report) });
  });
});

describe('newestOf', () => {
  it.each([
    [['4.18.9.1-0', '4.18.10.1-0'], '4.18.10.1-0'],
    [['4.18.10.1-2', '4.18.10.1-0'], '4.18.10.1-2'],
    [['Backup', '4.18.1.0'], '4.18.1.0'],
    [[], null],
  ])('of %j is %j', (names, newest) => {
    expect(newestOf(names)).toBe(newest);
  });
});
