// The audit of an installed Go.
export const audit = {
  'audit.programMissing': '{{file}} is missing: Defender may have taken it.',
  'audit.noReference':
    'There is nothing to compare with: name the archive, or ask when the checksum database can be reached.',
  'audit.namesUnknown':
    'The files differ from the release, but which ones is not known. Name the archive to see them.',
  'audit.notInHash':
    '{{count}} files below api, doc, misc and test are not covered by the checksum database.',
  'audit.notInHash_one':
    'One file below api, doc, misc and test is not covered by the checksum database.',
  'audit.noVersion': 'This folder has no VERSION file that names a Go release.',
} as const;
