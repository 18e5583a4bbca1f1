export const proofs = {} as const;
