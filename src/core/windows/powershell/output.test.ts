import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Output } from './output';

interface Watched {
  readonly output: Output;
  readonly heard: string[];
  floods: number;
}

function watched(): Watched {
  const seen: Watched = {
    heard: [],
    floods: 0,
    output: new Output(
      (text) => seen.heard.push(text),
      () => (seen.floods += 1),
    ),
  };
  return seen;
}

describe('what a host writes', () => {
  it('is cut at the delimiters, however it comes in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[ab\n]{0,30}$/),
        fc.stringMatching(/^[ab]{0,5}$/),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (text, before, sizes) => {
          const { output } = watched();
          const asked = output.between('xyz');
          let rest = `${before}xyz${text}xyz\n`;
          for (let at = 0; rest !== ''; at++) {
            const size = sizes[at % sizes.length] ?? 1;
            output.take(rest.slice(0, size));
            rest = rest.slice(size);
          }
          expect(await asked).toBe(text);
          expect(output.takeNoise()).toBe(before);
        },
      ),
    );
  });

  it('between two calls is noise, blank lines are nothing', () => {
    const { output, heard } = watched();
    output.take('\n');
    output.take('late\n');
    output.note(' \r\n');
    expect(heard).toEqual(['late\n']);
    expect(output.takeNoise()).toBe('late');
    expect(output.takeNoise()).toBe('');
  });

  it('without an end can be taken all the same', () => {
    const { output } = watched();
    void output.between('xyz');
    output.take('xyz\nhalf');
    expect(output.takeUnfinished()).toBe('half');
    expect(output.takeUnfinished()).toBe('');
  });

  it('is kept up to a limit, and what is more is counted', () => {
    const { output } = watched();
    output.note('x'.repeat(65_536));
    output.note('more');
    expect(output.takeNoise()).toBe(`${'x'.repeat(65_536)}\n[4 characters more]`);
  });

  it('is a flood beyond all measure, as an answer and as noise', () => {
    const answer = watched();
    void answer.output.between('xyz');
    for (let i = 0; i < 33; i++) answer.output.take('x'.repeat(1024 * 1024));
    expect(answer.floods).toBeGreaterThan(0);
    const noise = watched();
    for (let i = 0; i < 5; i++) noise.output.note('x'.repeat(1024 * 1024));
    expect(noise.floods).toBeGreaterThan(0);
  });
});
