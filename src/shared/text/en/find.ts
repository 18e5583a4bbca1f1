export const find = {
  'find.note.noVersion': 'Not complete: its VERSION file is missing or cannot be read.',
  'find.note.noProgram':
    'Not complete: {{program}} is missing. Antivirus software may have taken it.',
  'find.note.disagrees': 'Its VERSION file says {{version}}, but the program says “{{said}}”.',
  'find.note.shadowed': 'On the PATH, but {{other}} comes first.',
  'find.note.doubled': 'The same version is also in {{other}}.',
  'find.note.unsupported': 'Out of support: Go gives fixes to its newest two lines only.',
  'find.note.behind': 'Supported. {{count}} patches behind {{newest}}.',
  'find.note.behind_one': 'Supported. One patch behind {{newest}}.',
  'find.note.newest': 'Supported. The newest of its line.',
  'find.note.preview': 'A preview. It gets no fixes once its release is out.',
  'find.note.versionOnly': 'Its version was read from its VERSION file.',
} as const;
