// Proofs as a document and as lines.
import type { Proof } from '../shared/model';
import { translate, type Language } from '../shared/text/translate';

/** `{ id, state, summary, evidence: { <id>: value } }` */
export function proofsJson(
  proofs: readonly Proof[],
  language: Language,
): readonly Readonly<Record<string, unknown>>[] {
  return proofs.map(({ id, state, summary, evidence }) => ({
    id,
    state,
    summary: translate(language, summary),
    evidence: Object.fromEntries(evidence.map((item) => [item.id, item.value])),
  }));
}

export function proofLines(proofs: readonly Proof[], language: Language): readonly string[] {
  const words = proofs.map(({ state }) =>
    translate(language, { key: `commandLine.proof.${state}` }),
  );
  const idWidth = Math.max(0, ...proofs.map(({ id }) => id.length));
  const wordWidth = Math.max(0, ...words.map((word) => word.length));
  return proofs.map(
    ({ id, summary }, at) =>
      `  ${id.padEnd(idWidth)}  ${(words[at] ?? '').padEnd(wordWidth)}  ${translate(language, summary)}`,
  );
}
