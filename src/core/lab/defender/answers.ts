// How the lab's Windows answers a call: with a value, or with an error in the shape that PowerShell shows it. The ids
// and codes are Windows' own; what happens is decided elsewhere.

export interface WindowsError {
  readonly message: string;
  /** `0x…` in lower case; null where the exception carries none of its own. */
  readonly hresult: string | null;
  /** `CategoryInfo.Category`. */
  readonly category: string;
  /** `FullyQualifiedErrorId`, whole. */
  readonly id: string;
  /** `NativeErrorCode` of a Win32Exception inside. */
  readonly win32?: number;
}

export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: WindowsError };

/** Who asks: with an administrator's rights in effect, or not. */
export interface Caller {
  readonly elevated: boolean;
}
export const elevatedCaller: Caller = { elevated: true };
export const unelevatedCaller: Caller = { elevated: false };

export function value<T>(of: T): Answer<T> {
  return { kind: 'value', value: of };
}

export function failed(error: WindowsError): Answer<never> {
  return { kind: 'failed', error };
}

/** An error of a CIM cmdlet: `NotSpecified`, and the code in the id. */
export function cimError(cmdlet: string, hresult: string, message: string): WindowsError {
  return { message, hresult, category: 'NotSpecified', id: `HRESULT ${hresult},${cmdlet}` };
}

/** Without an administrator's rights. */
export function notPermitted(cmdlet: string): WindowsError {
  return cimError(
    cmdlet,
    '0xc0000142',
    "You don't have enough permissions to perform the requested operation.",
  );
}

export function accessDenied(cmdlet: string): WindowsError {
  return {
    ...cimError(cmdlet, '0x80070005', 'Access is denied. '),
    category: 'PermissionDenied',
  };
}

/** In few words, for the record of a step. */
export function briefly(error: WindowsError): string {
  return error.hresult ?? error.id;
}
