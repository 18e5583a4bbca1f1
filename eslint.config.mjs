// Type-aware rules, and the house rules that a type checker cannot see: raw IPC only in the two files that derive from
// the contract, Fluent only in the kit, zod only through the module that sets it up.
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const rawIpc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message:
    'Use the contract: src/main/ipc/serve.ts and src/preload/index.ts are the only users of raw IPC.',
};
const fluent = {
  group: ['@fluentui/*'],
  message: 'Use src/renderer/kit: it is the only importer of Fluent.',
};
const zod = { name: 'zod', message: 'Import from src/shared/zod: it sets zod up once.' };

export default tseslint.config(
  { ignores: ['out', 'dist', 'coverage', 'node_modules', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.renderer.json', './e2e/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-empty-function': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-imports': ['error', { paths: [rawIpc, zod], patterns: [fluent] }],
      'no-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/main/ipc/serve.ts', 'src/preload/index.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [zod], patterns: [fluent] }] },
  },
  {
    files: ['src/renderer/kit/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [rawIpc, zod] }] },
  },
  {
    files: ['src/shared/zod.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: { ...hooks.configs.recommended.rules },
  },
  {
    files: [
      '*.config.ts',
      '*.config.mts',
      '*.mjs',
      'electron-builder.ts',
      'test/support/buildWorker.ts',
    ],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**', 'test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.cjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
