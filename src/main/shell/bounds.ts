// Where the window opens: where it was, as far as a screen is still there. Never off every screen, never below its least
// size.
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const firstSize = { width: 1040, height: 720 } as const;
export const leastSize = { width: 800, height: 600 } as const;

export interface SavedWindow {
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

export interface Placement {
  /** Null: the system's choice. */
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Screens by their work areas. A window of which less than this shows cannot be found or dragged back. */
const leastVisible = { width: 120, height: 40 } as const;

export function placeWindow(saved: SavedWindow | null, workAreas: readonly Bounds[]): Placement {
  if (saved === null) return { position: null, ...firstSize, maximized: false };
  const { bounds, maximized } = saved;
  const width = Math.max(bounds.width, leastSize.width);
  const height = Math.max(bounds.height, leastSize.height);
  const area = workAreas.find((candidate) => shows({ ...bounds, width, height }, candidate));
  if (area === undefined) return { position: null, ...firstSize, maximized };
  const fitted = {
    width: Math.max(Math.min(width, area.width), leastSize.width),
    height: Math.max(Math.min(height, area.height), leastSize.height),
  };
  return {
    position: {
      x: clamp(bounds.x, area.x, area.x + area.width - fitted.width),
      y: clamp(bounds.y, area.y, area.y + area.height - fitted.height),
    },
    ...fitted,
    maximized,
  };
}

/** Null for a file that is not there, not JSON, or not ours: the window then opens as at first. */
export function parseSavedWindow(text: string | null): SavedWindow | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isSavedWindow(value) ? value : null;
  } catch {
    return null;
  }
}

/** By hand: the window opens before anything as large as a schema library is loaded. */
function isSavedWindow(value: unknown): value is SavedWindow {
  if (!isRecord(value) || typeof value['maximized'] !== 'boolean') return false;
  const { bounds } = value;
  return (
    isRecord(bounds) &&
    ['x', 'y', 'width', 'height'].every((side) => Number.isSafeInteger(bounds[side]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shows(bounds: Bounds, area: Bounds): boolean {
  const overlapX =
    Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const overlapY =
    Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return overlapX >= leastVisible.width && overlapY >= leastVisible.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
