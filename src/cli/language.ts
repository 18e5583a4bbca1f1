// The language of the command line: what was asked for, else what the terminal's environment says.
import type { Language } from '../shared/text/translate';

export function readLanguage(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const asked = askedFor(argv);
  if (asked !== null) return isChinese(asked) ? 'zh-CN' : 'en';
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) {
    const value = environment[name];
    // The first that is set decides, as in every POSIX program.
    if (value !== undefined && value !== '') return isChinese(value) ? 'zh-CN' : 'en';
  }
  if (process.platform === 'win32' || process.platform === 'darwin') {
    return isChinese(Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh-CN' : 'en';
  }
  return 'en';
}

function askedFor(argv: readonly string[]): string | null {
  const at = argv.indexOf('--lang');
  if (at >= 0) return argv[at + 1] ?? null;
  return argv.find((argument) => argument.startsWith('--lang='))?.slice('--lang='.length) ?? null;
}

function isChinese(tag: string): boolean {
  return /^zh(?:[-_.@]|$)/i.test(tag);
}
