// What an entry of the checklist says, and the words that several of them share.

/** Who can answer: the selfcheck, the selfcheck where it may write, or a person. */
export type How = 'read' | 'write' | 'hand';

export interface Item {
  readonly id: string;
  readonly how: How;
  /** What a person would type. */
  readonly command?: string;
  /** What goes with it, or what is done instead. */
  readonly words?: string;
  readonly expected: string;
  /** What has to change where it differs. */
  readonly otherwise: string;
}

export interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

export const log = 'Microsoft-Windows-Windows Defender/Operational';
export const byNumber = (id: number, channel = log): string =>
  `Get-WinEvent -FilterHashtable @{LogName='${channel}';Id=${String(id)}} -MaxEvents 1 | ForEach-Object { $_.ToXml() }`;
export const afterWrite = 'npm run selfcheck:windows -- --write';
