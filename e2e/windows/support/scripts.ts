// Scripts that tests send.

/** A script with that body, as the product's are written. */
export function script(...body: readonly string[]): string {
  return ['param($Json)', 'Invoke-Request $Json {', '  param($Data)', ...body, '}'].join('\n');
}

export const pidScript = script('$PID');
