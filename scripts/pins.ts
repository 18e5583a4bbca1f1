// Writes src/core/verify/data/pins.json from two independent records of the same hashes. A conflict between them, or
// with a pin that was there before, stops it: a Go file that changed after its release has not been seen yet.
//   npx tsx scripts/pins.ts <docker-library.json> <scoop.json>
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from '../src/shared/zod';

const target = 'src/core/verify/data/pins.json';
const name = z.string().regex(/^go[0-9a-z.]+\.windows-(?:386|amd64|arm64|arm)\.zip$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const dockerLibrary = z.record(name, z.object({ sha256: hash, date }));
const scoop = z.record(name, z.object({ hash, date }));
const pins = z.object({
  sources: z.array(z.string()),
  files: z.record(name, z.tuple([hash, date])),
});

const [main, other] = process.argv.slice(2);
if (main === undefined || other === undefined) {
  throw new Error('usage: tsx scripts/pins.ts <docker-library.json> <scoop.json>');
}
const recorded = dockerLibrary.parse(readJson(main));
const witnessed = scoop.parse(readJson(other));
const before = existsSync(target) ? pins.parse(readJson(target)).files : {};

let agreed = 0;
for (const [file, { sha256 }] of Object.entries(recorded)) {
  const claims = [witnessed[file]?.hash, before[file]?.[0]].filter((claim) => claim !== undefined);
  const conflict = claims.find((claim) => claim !== sha256);
  if (conflict !== undefined) throw new Error(`${file}: ${sha256} here, ${conflict} elsewhere`);
  if (witnessed[file] !== undefined) agreed++;
}
const lost = Object.keys(before).filter((file) => recorded[file] === undefined);
if (lost.length > 0) throw new Error(`no longer recorded: ${lost.join(', ')}`);

const lines = Object.entries(recorded)
  .sort(([a, x], [b, y]) => (x.date === y.date ? (a < b ? -1 : 1) : x.date < y.date ? -1 : 1))
  .map(([file, pin]) => `    ${JSON.stringify(file)}: ${JSON.stringify([pin.sha256, pin.date])}`);
const sources = JSON.stringify(['docker-library/golang']);
writeFileSync(target, `{\n  "sources": ${sources},\n  "files": {\n${lines.join(',\n')}\n  }\n}\n`);
console.log(`${lines.length} pins, ${agreed} of them recorded twice, no conflict`);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
