// docs/windows-checklist.md and the selfcheck are one list.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { items } from './checklist';
import { renderChecklist } from './renderChecklist';

const file = 'docs/windows-checklist.md';

describe('the checklist', () => {
  it('is the document, word for word', async () => {
    const options = await resolveConfig(file);
    const rendered = await format(renderChecklist(), { ...options, parser: 'markdown' });
    // Written anew by: npx tsx scripts/selfcheck/writeChecklist.ts
    expect(readFileSync(file, 'utf8')).toBe(rendered);
  });

  it('has each id once, in the document as in the selfcheck', () => {
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const written = [...readFileSync(file, 'utf8').matchAll(/^- \*\*`([^`]+)`\*\*/gm)];
    expect(written.map(([, id]) => id)).toEqual(ids);
  });

  it('says for each how to ask, what is expected and what follows, in one line', () => {
    for (const { command, words, expected, otherwise } of items) {
      const asked = `${command ?? ''}${words ?? ''}`;
      for (const text of [asked, expected, otherwise]) expect(text).toMatch(/^[^\n]{3,}$/);
    }
  });
});
