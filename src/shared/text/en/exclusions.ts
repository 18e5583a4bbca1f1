// Exclusions: why, gain, risk, what is refused, and Defender in one line.
export const exclusions = {
  'defender.sentence.on': 'Defender on',
  'defender.sentence.paused': 'Protection paused',
  'defender.sentence.off': 'Defender off',
  'defender.sentence.otherAntivirus': 'Other antivirus',
  'defender.sentence.passive': 'Defender passive',
  'defender.sentence.managed': 'Managed',
  'defender.sentence.unknown': 'Cannot tell',
  'exclusions.reason.noBlocks': 'Defender has not blocked Go on this computer.',
  'exclusions.reason.active': 'The exclusions that Gangway would suggest are active already.',
  'exclusions.reason.nothingNarrow':
    'Defender has blocked Go here, but no exclusion that is narrow enough would help.',
  'exclusions.reason.managed':
    'Your organisation manages Defender’s exclusions. What is added here has no effect.',
  'exclusions.reason.otherAntivirus':
    '{{name}} guards this computer, not Defender. Exclusions in Defender have no effect.',
  'exclusions.reason.passive':
    'Defender is in passive mode: another product guards this computer. Exclusions in Defender have no effect.',
  'exclusions.reason.off': 'Defender is off, so there is nothing to exclude from.',
  'exclusions.reason.smartAppControl':
    'Not Defender, but Windows’ application control stopped Go here. Exclusions do not help against that.',
  'exclusions.reason.goNotAsked':
    'No Go here could be asked where it builds, and Gangway does not guess. Plan exclusions after the installation.',
  'exclusions.reason.tests':
    'Defender took {{count}} test programs here on {{day}}. The exclusion prevents that.',
  'exclusions.reason.tests_one':
    'Defender took a test program here on {{day}}. The exclusion prevents that.',
  'exclusions.reason.testsBoth':
    'Defender took {{count}} test programs here on {{day}}. The first exclusion prevents that; the second makes builds faster.',
  'exclusions.reason.testsBoth_one':
    'Defender took a test program here on {{day}}. The first exclusion prevents that; the second makes builds faster.',
  'exclusions.reason.launches':
    'A Windows rule against new programs stopped what Go built, {{count}} times up to {{day}}. The rule honours the exclusion.',
  'exclusions.reason.launches_one':
    'A Windows rule against new programs stopped what Go built on {{day}}. The rule honours the exclusion.',
  'exclusions.reason.launchesBoth':
    'A Windows rule against new programs stopped what Go built, {{count}} times up to {{day}}. The rule honours the first exclusion; the second makes builds faster.',
  'exclusions.reason.launchesBoth_one':
    'A Windows rule against new programs stopped what Go built on {{day}}. The rule honours the first exclusion; the second makes builds faster.',
  'exclusions.reason.file': 'Defender took {{file}} on {{day}}.',
  'exclusions.basis.record': 'Defender’s record, {{day}} to today',
  'exclusions.basis.blocks': '{{count}} blocks of Go or of what it built',
  'exclusions.basis.blocks_one': '1 block of Go or of what it built',
  'exclusions.basis.buildsIn': 'Where Go builds now',
  'exclusions.basis.buildsInUnknown': 'not known: no Go could be asked',
  'exclusions.basis.buildsInFolder': '{{folder}}',
  'exclusions.basis.buildsInScanned': '{{folder}}, scanned as usual',
  'exclusions.basis.buildsInSkipped': '{{folder}}, skipped by Defender',
  'exclusions.basis.touching': 'Exclusions that touch Go’s folders',
  'exclusions.basis.touchingUnavailable': 'cannot be read',
  'exclusions.basis.touchingHidden': 'none by Gangway; others hidden by Windows',
  'exclusions.basis.touchingHiddenOurs': '{{count}} by Gangway; others hidden by Windows',
  'exclusions.basis.touchingNone': 'none',
  'exclusions.basis.touchingCount': '{{count}} by Gangway, {{others}} by others',
  'exclusions.basis.refused.buildFolder': 'The folder that builds run in: not proposed',
  'exclusions.basis.refused.buildCache': 'The build cache: not proposed',
  'exclusions.basis.refused.toolchain': 'A file of Go: not proposed',
  'exclusions.basis.refused.moduleCache': 'The module cache: not proposed',
  'exclusions.basis.refused.file': 'A file: not proposed',
  'exclusions.why.buildFolder':
    'Programs that Go builds are new to Defender each time. A folder of their own keeps the exclusion small.',
  'exclusions.why.testsTaken': '{{count}} test programs were taken from %TEMP% on {{day}}.',
  'exclusions.why.testsTaken_one': 'A test program was taken from %TEMP% on {{day}}.',
  'exclusions.why.programsTaken': '{{count}} programs that Go built were taken on {{day}}.',
  'exclusions.why.programsTaken_one': 'A program that Go built was taken on {{day}}.',
  'exclusions.why.launchesBlocked':
    'Programs that Go built were stopped {{count}} times, last on {{day}}.',
  'exclusions.why.launchesBlocked_one': 'A program that Go built was stopped on {{day}}.',
  'exclusions.why.buildCache': 'Every build opens thousands of files here. Each is scanned.',
  'exclusions.why.toolchain':
    '{{file}} was taken on {{day}}, and its hash equals the verified release.',
  'exclusions.why.moduleCache': 'Builds read the sources of other modules from here.',
  'exclusions.why.of.organisation': 'Set by policy',
  'exclusions.why.of.user': 'Not recorded',
  'exclusions.why.of.unknown': 'Not known. Gangway did not add it',
  'exclusions.gain.buildFolder': 'go test and go run keep what they build.',
  'exclusions.gain.buildCache': 'Builds wait less. Scheduled scans stay.',
  'exclusions.gain.buildCachePlain': 'Builds wait less.',
  'exclusions.gain.toolchain': 'go build works while Microsoft looks at the report.',
  'exclusions.gain.moduleCache': 'The first build of a project waits a little less.',
  'exclusions.risk.buildFolder': 'Nothing here is scanned; only Go’s builds use it.',
  'exclusions.risk.buildCache': 'Unscanned for Go’s tools only; not for other programs.',
  'exclusions.risk.buildCachePlain':
    'Nothing here is scanned, whichever program opens it. This Defender knows no narrower way.',
  'exclusions.risk.toolchain': 'One file, equal to the verified release when it was compared.',
  'exclusions.risk.moduleCache':
    'Code of others lies here unscanned, test data with real malware among it.',
  'exclusions.change.skipBoth':
    'Defender skips the first folder until {{first}} and the second, for Go’s tools, until {{second}}.',
  'exclusions.change.skip': 'Defender skips {{target}} until {{until}}.',
  'exclusions.change.skipAlways': 'Defender skips {{target}} until you take it back.',
  'exclusions.change.skipForTools':
    'Defender skips {{target}}, for Go’s tools only, until {{until}}.',
  'exclusions.change.skipForToolsAlways':
    'Defender skips {{target}}, for Go’s tools only, until you take it back.',
  'exclusions.change.goEnv': 'Go builds in that folder: {{name}} is set for you.',
  'exclusions.change.task': 'A scheduled task takes each back, even if Gangway is closed.',
  'exclusions.change.task_one': 'A scheduled task takes it back, even if Gangway is closed.',
  'exclusions.result.declined': 'Windows asked, and the answer was no. Nothing was changed.',
  'exclusions.result.unknown': 'Whether Defender took it could not be read back.',
  'exclusions.result.notApplied': 'Defender accepted the change and did not apply it.',
  'exclusions.result.error': 'Defender refused it: {{cause}}',
  'exclusions.result.thereBefore': 'It was there before. Gangway leaves it as it is.',
  'exclusions.result.noEffect': 'Defender stored it without effect, so it was removed again.',
  'exclusions.result.noEnd': 'The task that ends it could not be made, so it was removed again.',
  'exclusions.refused.empty': 'It names nothing.',
  'exclusions.refused.notAbsolute':
    'A name without its full folder means something else on every drive. Only full paths are written.',
  'exclusions.refused.parentSegment':
    'A path with “.” or “..” is not written: where it leads depends on who reads it.',
  'exclusions.refused.device': 'It names a device, not a folder.',
  'exclusions.refused.driveWildcard': 'Defender takes no wildcard for a drive.',
  'exclusions.refused.badCharacter': 'It has a character that no Windows path can have.',
  'exclusions.refused.tooLong': 'It is longer than an exclusion can be.',
  'exclusions.refused.userVariable':
    'Defender runs as another account: %{{name}}% means another folder to it.',
  'exclusions.refused.unknownVariable': '{{name}} is not a variable that Defender knows.',
  'exclusions.refused.malformed': 'It is not written in a way that Defender reads.',
  'exclusions.refused.tooManyWildcards': 'Defender takes six wildcards at most.',
  'exclusions.refused.shortName':
    '{{name}} is a short name: what it stands for cannot be seen from it.',
  'exclusions.refused.driveRoot': 'It covers a whole drive.',
  'exclusions.refused.networkDrive':
    '{{name}} is a folder of another computer. Microsoft says to exclude network drives by their address only.',
  'exclusions.refused.wholeShare': 'It covers a whole network share.',
  'exclusions.refused.thisComputer': 'It names a folder of this computer by way of the network.',
  'exclusions.refused.windowsFolder': 'It is part of Windows.',
  'exclusions.refused.programFolder':
    'Microsoft says never to exclude the folder of an installed program.',
  'exclusions.refused.listedFolder': 'It is on Microsoft’s list of folders never to exclude.',
  'exclusions.refused.usersFolder': 'It covers the folders of every user.',
  'exclusions.refused.home': 'It covers a user’s own folder.',
  'exclusions.refused.temp':
    'Every program writes temporary files there, malware as well. Gangway gives Go a folder of its own instead.',
  'exclusions.refused.personalFolder': 'Files from elsewhere arrive there.',
  'exclusions.refused.sharedFolder': 'Every user can write there.',
  'exclusions.refused.goBin':
    'Programs that were downloaded lie there, and the PATH leads to them. One file can be excluded, the folder cannot.',
  'exclusions.refused.coversModuleCache': 'It covers more than the module cache.',
  'exclusions.refused.bareProcess':
    'A program named without its folder means any program of that name, on any drive.',
  'exclusions.refused.listedProcess':
    '{{name}} is on Microsoft’s list of programs never to exclude.',
  'exclusions.refused.processWildcard': 'It would cover every program in that folder.',
  'exclusions.refused.listedExtension': 'It is on Microsoft’s list of file types never to exclude.',
  'exclusions.refused.anyExtension':
    'A file type is excluded everywhere on the computer. Gangway writes none.',
  'exclusions.refused.leadsElsewhere':
    'It leads elsewhere by now, or is written in another way than it was planned.',
  'exclusions.refused.notItsFolder':
    'Go’s setting would lead to another folder than the one that is excluded.',
  'exclusions.refused.ip': 'Gangway excludes no network addresses.',
  'exclusions.reach.ours': 'nothing here is scanned; it was planned for Go',
  'exclusions.reach.contextual': 'for the named programs only; others are still scanned',
  'exclusions.reach.extension': 'this kind of file, anywhere on the computer',
  'exclusions.reach.ip': 'what this address sends is not inspected',
  'exclusions.reach.bareProcess': 'any program of this name, on any drive',
  'exclusions.reach.process':
    'every file that this program opens, and other protections ignore it too',
  'exclusions.reach.bareName': 'a name without its folder; Microsoft calls it unreliable',
  'exclusions.reach.listed': 'on Microsoft’s list of what never to exclude',
  'exclusions.reach.wide': 'everything that lands here is not scanned',
  'exclusions.reach.adminsOnly': 'only administrators can write here',
  'exclusions.reach.oneFile': 'one file',
  'exclusions.reach.folder': 'everything put in this folder is not scanned',
} as const;
