// The channels that are read, and which of their events: the kinds that say something of a block or of the protection.
// A computer writes thousands of others into the same logs.

export interface Channel {
  readonly name: string;
  /** Event numbers, from and to, both included. */
  readonly events: readonly (readonly [from: number, to: number])[];
}

export const channels: readonly Channel[] = [
  {
    name: 'Microsoft-Windows-Windows Defender/Operational',
    // Detections and what was done about them; rules, folder access, network protection; protection and configuration.
    events: [
      [1006, 1015],
      [1116, 1134],
      [5000, 5013],
    ],
  },
  {
    name: 'Microsoft-Windows-CodeIntegrity/Operational',
    // 3077 was stopped, 3076 would have been.
    events: [[3076, 3077]],
  },
];
