// Writes docs/windows-checklist.md from the list: `npx tsx scripts/selfcheck/writeChecklist.ts`.
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { renderChecklist } from './renderChecklist';

const file = 'docs/windows-checklist.md';
const options = await resolveConfig(file);
writeFileSync(file, await format(renderChecklist(), { ...options, parser: 'markdown' }));
