// The state as this window shows it: language and theme resolved from the settings and the system.
import type { AppInfo, AppState, Settings } from '../shared/model';
import type { Language } from '../shared/text/translate';

export interface SystemAppearance {
  /** The system's languages, most wanted first, as BCP 47 tags. */
  readonly languages: readonly string[];
  /** Under the theme that the settings name. */
  readonly isDark: boolean;
}

export function present(state: AppState, system: SystemAppearance): AppState {
  return { ...state, app: presentApp(state, system) };
}

/** A change of the settings is a change of the app's language or theme as well. */
export function presentSlices(
  slices: Partial<AppState>,
  state: AppState,
  system: SystemAppearance,
): Partial<AppState> {
  if (slices.app === undefined && slices.settings === undefined) return slices;
  return { ...slices, app: presentApp(state, system) };
}

export function presentApp({ app, settings }: AppState, system: SystemAppearance): AppInfo {
  const theme = settings.theme === 'system' ? (system.isDark ? 'dark' : 'light') : settings.theme;
  return { ...app, language: resolveLanguage(settings.language, system.languages), theme };
}

/** Everyone who reads Chinese gets the one Chinese there is. The locale "C" says nothing. */
export function resolveLanguage(
  setting: Settings['language'],
  languages: readonly string[],
): Language {
  if (setting !== 'system') return setting;
  const first = languages.find((tag) => !/^(c|posix)$/i.test(tag));
  return first !== undefined && /^zh\b/i.test(first) ? 'zh-CN' : 'en';
}

/** Only an installed app, and only where Electron can do it: Linux has no such setting. */
export function canStartWithSystem(platform: string, isPackaged: boolean): boolean {
  return isPackaged && (platform === 'win32' || platform === 'darwin');
}

export function platformName(platform: string): AppInfo['platform'] {
  if (platform === 'win32') return 'windows';
  return platform === 'darwin' ? 'darwin' : 'linux';
}
