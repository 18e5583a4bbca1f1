// The house: who may import whom. `docs/architecture.md` has it in words.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^src/', pathNot: [from, ...allowed] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: 'node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'shared-alone',
      '^src/shared/',
      [],
      'Everyone may import shared; shared imports zod and nothing else.',
    ),
    {
      name: 'shared-only-zod',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'shared-no-node',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'renderer-shared',
      '^src/renderer/',
      ['^src/shared/'],
      'The page imports shared, and never core or main, not even for types.',
    ),
    only(
      'preload-names',
      '^src/preload/',
      ['^src/shared/contract/names\\.ts$'],
      'The preload knows names only.',
    ),
    only(
      'ports-pure',
      '^src/core/ports/',
      ['^src/shared/', '^src/core/verify/verifiedRelease\\.ts$'],
      'Ports are interfaces.',
    ),
    only(
      'flows',
      '^src/core/flows/',
      [
        '^src/shared/',
        '^src/core/(ports|verify|journal)/',
        '^src/core/(failureError|checkpoint)\\.ts$',
      ],
      'Flows stand on ports.',
    ),
    only(
      'verify',
      '^src/core/verify/',
      ['^src/shared/', '^src/core/ports/', '^src/core/(failureError|checkpoint)\\.ts$'],
      'Proofs stand on ports.',
    ),
    only(
      'journal',
      '^src/core/journal/',
      ['^src/shared/', '^src/core/(failureError|checkpoint|fileLock)\\.ts$', '^src/core/ports/'],
      'The journal knows no flow.',
    ),
    only(
      'node-adapters',
      '^src/core/node/',
      [
        '^src/shared/',
        '^src/core/(ports|verify|journal)/',
        '^src/core/(failureError|checkpoint|fileLock)\\.ts$',
      ],
      'Adapters know ports, not each other.',
    ),
    only(
      'windows-adapters',
      '^src/core/windows/',
      ['^src/shared/', '^src/core/(ports|verify)/', '^src/core/(failureError|checkpoint)\\.ts$'],
      'Adapters know ports, not each other.',
    ),
    only(
      'lab-adapters',
      '^src/core/lab/',
      [
        '^src/shared/',
        '^src/core/(ports|verify|node|journal)/',
        '^src/core/(failureError|checkpoint|fileLock)\\.ts$',
      ],
      'The lab may use what needs no Windows.',
    ),
    {
      name: 'core-no-electron',
      severity: 'error',
      from: { path: '^src/(core|cli|shared)/' },
      to: { path: '(^electron$|node_modules/electron/)' },
    },
    {
      name: 'core-no-app',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(main|renderer|preload|cli)/' },
    },
    {
      name: 'cli-no-app',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(main|renderer|preload)/' },
    },
    {
      name: 'main-no-page',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/(renderer|preload|cli)/' },
    },
    {
      name: 'only-verify-seals',
      comment: 'Promise 1: nothing but the proofs makes a verified release.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/core/verify/(verify|verifiedRelease)\\.ts$', '\\.test\\.ts$'],
      },
      to: { path: '^src/core/verify/sealVerified\\.ts$' },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^test/|^e2e/|\\.test\\.tsx?$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
