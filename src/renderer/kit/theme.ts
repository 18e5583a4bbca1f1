// Light, dark and high contrast: the brand ramp, three surfaces, three inks, and status colours for status alone.
// Keys that start with `gw` become CSS variables beside Fluent's own (`--gwCard`).
import {
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type BrandVariants,
  type Theme,
} from '@fluentui/react-components';

const brand: BrandVariants = {
  10: '#001014',
  20: '#001D22',
  30: '#00292F',
  40: '#00353D',
  50: '#00424B',
  60: '#004D57',
  70: '#005964',
  80: '#086773',
  90: '#167683',
  100: '#278795',
  110: '#399AA8',
  120: '#4FACBB',
  130: '#6BBECC',
  140: '#91D1DB',
  150: '#B9E2E8',
  160: '#E1F2F5',
};

/** Each family that a system does not have costs the first frame a search, once a weight. */
const onWindows = navigator.userAgent.includes('Windows');

const fonts = {
  fontFamilyBase: onWindows
    ? "'Segoe UI Variable Text', 'Segoe UI Variable', 'Segoe UI', 'Microsoft YaHei UI', system-ui, sans-serif"
    : "'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif",
  fontFamilyMonospace: onWindows
    ? "'Cascadia Mono', Consolas, monospace"
    : "'Noto Sans Mono', 'Liberation Mono', 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace",
};

/** Colours that Fluent has no name for. */
interface GangwayTokens {
  gwBase: string;
  gwPage: string;
  gwCard: string;
  gwInset: string;
  gwStroke: string;
  gwDivider: string;
  gwControlStroke: string;
  gwInk: string;
  gwInk2: string;
  gwInk3: string;
  /** Text and icons of the brand. */
  gwBrand: string;
  gwOnBrand: string;
  /** Filled buttons. */
  gwFill: string;
  gwOnFill: string;
  /** Switches, bars, lines between finished steps. */
  gwBar: string;
  gwTint: string;
  gwTintStroke: string;
  gwTrack: string;
  gwPill: string;
  gwHover: string;
  gwGood: string;
  gwGoodTint: string;
  gwGoodStroke: string;
  gwBad: string;
  gwOnBad: string;
  gwBadTint: string;
  gwBadStroke: string;
  gwWarn: string;
  gwWarnTint: string;
  gwWarnStroke: string;
  gwLab: string;
  gwLabStripe: string;
  gwDisabled: string;
  gwFocus: string;
}
export type GangwayTheme = Theme & GangwayTokens;
export type ThemeName = 'light' | 'dark' | 'highContrast';

const lightTokens: GangwayTokens = {
  gwBase: '#EEF2F3',
  gwPage: '#F9FAFA',
  gwCard: '#FFFFFF',
  gwInset: '#F5F7F7',
  gwStroke: '#E3E7E8',
  gwDivider: '#EBEEEE',
  gwControlStroke: '#CED4D6',
  gwInk: '#1B1F20',
  gwInk2: '#5B6365',
  gwInk3: '#697274',
  gwBrand: brand[80],
  gwOnBrand: '#FFFFFF',
  gwFill: brand[80],
  gwOnFill: '#FFFFFF',
  gwBar: brand[80],
  gwTint: brand[160],
  gwTintStroke: '#A9D7DE',
  gwTrack: '#E3E7E8',
  gwPill: '#F6F7F7',
  gwHover: '#F3F6F6',
  gwGood: '#0F7B0F',
  gwGoodTint: '#EAF6EA',
  gwGoodStroke: '#BFE0BF',
  gwBad: '#B3261E',
  gwOnBad: '#FFFFFF',
  gwBadTint: '#FDECEC',
  gwBadStroke: '#F1C0BF',
  gwWarn: '#8F4F00',
  gwWarnTint: '#FFF5DC',
  gwWarnStroke: '#F0D9A6',
  gwLab: '#E1F2F5',
  gwLabStripe: '#D2EBEF',
  gwDisabled: '#D9DDDF',
  gwFocus: '#1B1F20',
};

const darkTokens: GangwayTokens = {
  gwBase: '#1B1F20',
  gwPage: '#232829',
  gwCard: '#2B3132',
  gwInset: '#232829',
  gwStroke: '#3A4143',
  gwDivider: '#353C3D',
  gwControlStroke: '#5B6364',
  gwInk: '#FFFFFF',
  gwInk2: '#B9C1C3',
  gwInk3: '#98A1A3',
  gwBrand: brand[130],
  gwOnBrand: '#1B1F20',
  gwFill: brand[90],
  gwOnFill: '#FFFFFF',
  gwBar: brand[120],
  gwTint: '#123A41',
  gwTintStroke: '#22616B',
  gwTrack: '#3A4143',
  gwPill: '#262B2C',
  gwHover: '#31383A',
  gwGood: '#73CF68',
  gwGoodTint: '#1F3523',
  gwGoodStroke: '#35593A',
  gwBad: '#FF9A96',
  gwOnBad: '#1B1F20',
  gwBadTint: '#442625',
  gwBadStroke: '#6E3C3A',
  gwWarn: '#F7C35B',
  gwWarnTint: '#3D3219',
  gwWarnStroke: '#62512A',
  gwLab: '#123A41',
  gwLabStripe: '#16444B',
  gwDisabled: '#373F41',
  gwFocus: '#FFFFFF',
};

const contrastTokens: GangwayTokens = {
  gwBase: 'Canvas',
  gwPage: 'Canvas',
  gwCard: 'Canvas',
  gwInset: 'Canvas',
  gwStroke: 'CanvasText',
  gwDivider: 'CanvasText',
  gwControlStroke: 'ButtonText',
  gwInk: 'CanvasText',
  gwInk2: 'CanvasText',
  gwInk3: 'CanvasText',
  gwBrand: 'CanvasText',
  gwOnBrand: 'Canvas',
  gwFill: 'ButtonFace',
  gwOnFill: 'ButtonText',
  gwBar: 'Highlight',
  gwTint: 'Canvas',
  gwTintStroke: 'CanvasText',
  gwTrack: 'Canvas',
  gwPill: 'Canvas',
  gwHover: 'Canvas',
  gwGood: 'CanvasText',
  gwGoodTint: 'Canvas',
  gwGoodStroke: 'CanvasText',
  gwBad: 'CanvasText',
  gwOnBad: 'Canvas',
  gwBadTint: 'Canvas',
  gwBadStroke: 'CanvasText',
  gwWarn: 'CanvasText',
  gwWarnTint: 'Canvas',
  gwWarnStroke: 'CanvasText',
  gwLab: 'Canvas',
  gwLabStripe: 'Canvas',
  gwDisabled: 'Canvas',
  gwFocus: 'Highlight',
};

const made = new Map<ThemeName, GangwayTheme>();

/** Made when it is first worn: each takes some milliseconds of a start, and most windows wear one. */
export function themeOf(name: ThemeName): GangwayTheme {
  const before = made.get(name);
  if (before !== undefined) return before;
  const theme = makeTheme(name);
  made.set(name, theme);
  return theme;
}

function makeTheme(name: ThemeName): GangwayTheme {
  switch (name) {
    case 'light':
      return dress(createLightTheme(brand), lightTokens);
    case 'dark':
      return dress(createDarkTheme(brand), darkTokens);
    case 'highContrast':
      return { ...teamsHighContrastTheme, ...fonts, ...contrastTokens };
  }
}

/** Puts our surfaces, strokes and inks in place of Fluent's neutral greys. */
function dress(theme: Theme, own: GangwayTokens): GangwayTheme {
  return {
    ...theme,
    ...fonts,
    ...own,
    colorNeutralBackground1: own.gwCard,
    colorNeutralBackground1Hover: own.gwHover,
    colorNeutralBackground1Pressed: own.gwBase,
    colorNeutralBackground1Selected: own.gwBase,
    colorNeutralBackground2: own.gwPage,
    colorNeutralBackground3: own.gwBase,
    colorNeutralBackgroundDisabled: own.gwDisabled,
    colorNeutralForeground1: own.gwInk,
    colorNeutralForeground1Hover: own.gwInk,
    colorNeutralForeground1Pressed: own.gwInk,
    colorNeutralForeground2: own.gwInk2,
    colorNeutralForeground3: own.gwInk2,
    colorNeutralForeground4: own.gwInk3,
    colorNeutralForegroundDisabled: own.gwInk3,
    colorNeutralStroke1: own.gwControlStroke,
    colorNeutralStroke1Hover: own.gwInk3,
    colorNeutralStroke1Pressed: own.gwInk3,
    colorNeutralStroke2: own.gwStroke,
    colorNeutralStroke3: own.gwDivider,
    colorNeutralStrokeAccessible: own.gwInk3,
    colorNeutralStrokeAccessibleHover: own.gwInk2,
    colorNeutralStrokeAccessiblePressed: own.gwInk2,
    colorNeutralStrokeDisabled: own.gwDisabled,
    colorSubtleBackgroundHover: own.gwHover,
    colorSubtleBackgroundPressed: own.gwStroke,
    colorBrandBackground: own.gwFill,
    colorBrandForegroundLink: own.gwBrand,
    colorBrandForegroundLinkHover: own.gwBrand,
    colorBrandForegroundLinkPressed: own.gwBrand,
    colorCompoundBrandBackground: own.gwBar,
    colorCompoundBrandForeground1: own.gwBrand,
    colorCompoundBrandStroke: own.gwBrand,
    colorStrokeFocus2: own.gwFocus,
    colorStrokeFocus1: own.gwCard,
  };
}
