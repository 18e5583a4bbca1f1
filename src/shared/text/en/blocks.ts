// Blocks: what was stopped, what it is, what it means.
export const blocks = {
  'blocks.headline.quarantined': 'Defender quarantined {{file}}',
  'blocks.headline.quarantinedDuring': 'Defender quarantined {{file}} during {{command}}',
  'blocks.headline.quarantinedTests': 'Defender quarantined {{count}} test programs during go test',
  'blocks.headline.removed': 'Defender removed {{file}}',
  'blocks.headline.removedDuring': 'Defender removed {{file}} during {{command}}',
  'blocks.headline.removedTests': 'Defender removed {{count}} test programs during go test',
  'blocks.headline.blocked': 'Defender blocked {{file}}',
  'blocks.headline.blockedDuring': 'Defender blocked {{file}} during {{command}}',
  'blocks.headline.blockedTests': 'Defender blocked {{count}} test programs during go test',
  'blocks.headline.allowed': 'Defender allowed {{file}}',
  'blocks.headline.allowedDuring': 'Defender allowed {{file}} during {{command}}',
  'blocks.headline.allowedTests': 'Defender allowed {{count}} test programs during go test',
  'blocks.headline.failed': 'Defender could not deal with {{file}}',
  'blocks.headline.failedDuring': 'Defender could not deal with {{file}} during {{command}}',
  'blocks.headline.failedTests':
    'Defender could not deal with {{count}} test programs during go test',
  'blocks.headline.detected': 'Defender detected {{file}}',
  'blocks.headline.detectedDuring': 'Defender detected {{file}} during {{command}}',
  'blocks.headline.detectedTests': 'Defender detected {{count}} test programs during go test',
  'blocks.headline.surfaceReduction': 'A rule against new programs stopped {{file}}',
  'blocks.headline.smartAppControl': 'Smart App Control stopped {{file}}',
  'blocks.headline.appControl': 'An application control policy stopped {{file}}',
  'blocks.verdict.originalFile': 'Original file of Go {{version}}',
  'blocks.verdict.ofRelease': 'In the verified Go {{version}}',
  'blocks.verdict.builtByTest': 'Built here by go test',
  'blocks.verdict.builtByBuild': 'Built here by Go',
  'blocks.verdict.notCompared': 'Of Go by its place; not compared',
  'blocks.verdict.goFolder': 'In a folder of Go',
  'blocks.verdict.notDefender': 'Not Defender: exclusions do not help',
  'blocks.verdict.notGo': 'Not from Go: leave it to Defender',
  'blocks.whatItIs.original':
    'A file of Go {{version}}. Its SHA-256 equals the file in the release that was verified: {{at}}.',
  'blocks.whatItIs.tool': 'A tool of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.compile':
    'The compiler of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.link':
    'The linker of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.asm':
    'The assembler of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.go': 'The go command, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.gofmt':
    'The formatter of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tool.cgo':
    'The C bridge of Go, by its place. It was not compared with a release.',
  'blocks.whatItIs.tests': '{{count}} programs that go test builds, runs and deletes.',
  'blocks.whatItIs.tests_one': 'A program that go test builds, runs and deletes.',
  'blocks.whatItIs.built': 'A program that Go built on this computer.',
  'blocks.whatItIs.release': 'A Go release that Gangway had downloaded.',
  'blocks.whatItIs.installed': 'A program for Go developers that was installed here.',
  'blocks.whatItIs.goFolder': 'A file in a folder that Go uses.',
  'blocks.whatItIs.other': 'Nothing about it points to Go.',
  'blocks.whatItMeans.machineLearned':
    'Defender calls it {{threat}}. The ending !ml is commonly read as a judgement by machine learning, by a file’s shape; Microsoft’s list of names does not explain it. Until the file is back, what needs it fails.',
  'blocks.whatItMeans.named':
    'Defender calls it {{threat}}. Until the file is back, what needs it fails.',
  'blocks.whatItMeans.failed':
    'Defender calls it {{threat}} and could not finish its action. Windows Security shows what is left to do.',
  'blocks.whatItMeans.allowed':
    'Defender calls it {{threat}}, and someone allowed it on this computer.',
  'blocks.whatItMeans.detected':
    'Defender calls it {{threat}}. What it did about it is not in the record.',
  'blocks.whatItMeans.notGo':
    'Defender calls it {{threat}}. It has nothing to do with Go, so Gangway says no more about it.',
  'blocks.whatItMeans.prevalence':
    'Windows stops programs that few computers have seen. It commonly ends by itself within days. The rule honours Defender’s exclusions of the folder.',
  'blocks.whatItMeans.surfaceReduction': 'An attack surface reduction rule stopped it: {{rule}}.',
  'blocks.whatItMeans.appControl':
    'Windows’ application control decides by signature and reputation, apart from Defender. An exclusion changes nothing; a signed program or your administrator does.',
  'evidence.events': 'Events',
  'evidence.detectionId': 'Detection',
  'evidence.threatId': 'Threat number',
  'evidence.threatName': 'Threat name',
  'evidence.path': 'Path',
  'evidence.process': 'Opened by',
  'evidence.detectionType': 'Kind of detection',
  'evidence.rule': 'Rule',
  'evidence.policy': 'Policy',
  'evidence.errorCode': 'Error code',
  'evidence.status': 'Status',
  'evidence.signatures': 'Security intelligence',
  'evidence.engine': 'Engine',
  'evidence.files': 'Files',
} as const;
