import { describe, expect, it } from 'vitest';
import { themeOf, type GangwayTheme } from './theme';

/** WCAG 2.2 relative luminance of `#RRGGBB`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const pairs: readonly (readonly [keyof GangwayTheme, keyof GangwayTheme])[] = [
  ['gwInk', 'gwBase'],
  ['gwInk', 'gwPage'],
  ['gwInk', 'gwCard'],
  ['gwInk2', 'gwBase'],
  ['gwInk2', 'gwPage'],
  ['gwInk2', 'gwCard'],
  ['gwInk2', 'gwInset'],
  ['gwInk2', 'gwTint'],
  ['gwInk2', 'gwGoodTint'],
  ['gwInk2', 'gwBadTint'],
  ['gwInk2', 'gwWarnTint'],
  ['gwInk3', 'gwCard'],
  ['gwBrand', 'gwCard'],
  ['gwBrand', 'gwTint'],
  ['gwBrand', 'gwLabStripe'],
  ['gwOnBrand', 'gwBrand'],
  ['gwOnFill', 'gwFill'],
  ['gwBad', 'gwCard'],
  ['gwBad', 'gwPage'],
  ['gwOnBad', 'gwBad'],
  ['gwWarn', 'gwCard'],
  ['gwWarn', 'gwWarnTint'],
];

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  it.each(pairs)('%s on %s is at least 4.5 to 1', (ink, surface) => {
    const theme = themeOf(name);
    expect(contrast(String(theme[ink]), String(theme[surface]))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('high contrast', () => {
  it('names system colours alone', () => {
    const own = Object.entries(themeOf('highContrast')).filter(([key]) => key.startsWith('gw'));
    expect(own.length).toBeGreaterThan(30);
    expect(own.filter(([, value]) => String(value).startsWith('#'))).toEqual([]);
  });
});
