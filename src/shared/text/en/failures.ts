export const failures = {
  'failure.archive.unsafePath.what': 'The archive holds a file that must not be unpacked: {{path}}',
  'failure.archive.unsafePath.meaning':
    'No official Go release has such a name or link. Nothing was written.',
  'failure.archive.tooMany.what': 'The archive holds more files than any Go release.',
  'failure.archive.tooMany.meaning': 'It may be made to fill the disk. Nothing was written.',
  'failure.archive.tooLarge.what': 'The archive would unpack to far more than any Go release.',
  'failure.archive.tooLarge.meaning': 'It may be made to fill the disk. Nothing was written.',
  'failure.archive.broken.what': 'The archive cannot be read: {{path}}',
  'failure.archive.broken.meaning':
    'It is damaged, or its parts contradict each other. Nothing of it is used.',
  'failure.archive.wrongVersion.what': 'The archive holds {{found}}, not {{version}}.',
  'failure.archive.wrongVersion.meaning':
    'It may be the wrong file under the right name. Nothing was installed.',
  'failure.install.fileVanished.what': '{{file}} is gone: it was unpacked and is no longer there.',
  'failure.install.fileVanished.meaning':
    'An antivirus, on Windows usually Microsoft Defender, has probably taken it. The unpacked folder was removed again.',
  'failure.install.fileChanged.what': '{{file}} is not what was proved.',
  'failure.install.fileChanged.meaning':
    'The archive or the file on disk changed between the proof and the installation. The unpacked folder was removed again.',
  'failure.install.virus.what': 'Windows did not let {{file}} be opened.',
  'failure.install.virus.meaning':
    'It says so for files that it takes for a virus, and for programs that a policy forbids. The proofs say whether the file is the original one.',
  'failure.install.targetExists.what':
    'There is something at {{path}} that Gangway does not replace.',
  'failure.install.targetExists.meaning':
    'It was not put there by this upgrade: it has other content, or another program made it. Move it away, or choose another folder.',
  'failure.install.noSuchVersion.what': 'Go {{version}} is not installed here.',
  'failure.install.noSuchVersion.meaning':
    'Gangway switches only between versions that it has installed completely.',
  'failure.install.linkRefused.what': 'The link {{path}} could not be set.',
  'failure.install.linkRefused.meaning':
    'The disk or a policy may not allow links, or something else stands at its place. The new Go is in its own folder and can be used from there.',
  'failure.install.isCurrent.what': 'Go {{version}} is in use: `current` leads to it.',
  'failure.install.isCurrent.meaning': 'Switch to another version first, then remove it.',
  'failure.disk.full.what': 'There is not enough room at {{path}}.',
  'failure.disk.full.meaning':
    'Needed: {{needed|MB}}. Free: {{free|MB}}. Nothing was left half done.',
  'failure.disk.denied.what': 'Access to {{path}} was denied.',
  'failure.disk.denied.meaning':
    'This account may not write there, or a protection such as controlled folder access forbids it.',
  'failure.disk.locked.what': 'Another program holds {{path}}.',
  'failure.disk.locked.meaning':
    'Gangway waited and tried again. An antivirus, an editor or a running Go may have it open.',
  'failure.disk.missing.what': '{{path}} is not there.',
  'failure.disk.missing.meaning': 'It was moved, removed, or its drive is not connected.',
  'failure.disk.failing.what': 'The disk reported an error at {{path}}.',
  'failure.disk.failing.meaning':
    'The drive could not read or write. It may be failing or not connected.',
  'failure.proof.failed.what': '{{file}} is not the file that was published.',
  'failure.proof.failed.meaning':
    'One proof differs. Gangway stopped there: nothing was installed.',
  'failure.proof.unavailable.what': 'A proof that is required for {{file}} could not be reached.',
  'failure.proof.unavailable.meaning':
    'Nothing contradicts the file. You can try again, or accept that this proof is missing.',
  'failure.proof.notEnough.what': 'There are not enough proofs for {{file}}.',
  'failure.proof.notEnough.meaning':
    'Gangway asks for a hash and one proof that does not come from the same place as the file.',
  'failure.proof.unknownVersion.what': '{{file}} does not say which Go release it is.',
  'failure.proof.unknownVersion.meaning':
    'Name the version, or give the file the name that Go publishes it under.',
  'failure.keys.notAKey.what': 'This is not one OpenPGP public key.',
  'failure.keys.notAKey.meaning':
    'Give an armoured file with exactly one public key. A secret key never belongs here.',
  'failure.keys.weak.what': 'The key of {{name}} cannot be relied on.',
  'failure.keys.weak.meaning':
    'It is revoked or too weak ({{why}}). RSA keys need 2048 bits or more; DSA is not accepted.',
  'failure.keys.noSuchKey.what': 'No key with the fingerprint {{fingerprint}} was added.',
  'failure.keys.noSuchKey.meaning': 'Nothing was removed.',
  'failure.network.unreachable.what': '{{host}} cannot be reached.',
  'failure.network.unreachable.meaning':
    'There may be no connection, or a firewall or a proxy is in the way. Nothing was changed.',
  'failure.network.proxyAuth.what': 'The proxy {{proxy}} wants a name and a password.',
  'failure.network.proxyAuth.meaning':
    'Gangway does not ask for passwords. On the command line they can be part of HTTPS_PROXY.',
  'failure.network.status.what': '{{host}} answered with status {{status}}.',
  'failure.network.status.meaning': 'The server is there and did not give what was asked for.',
  'failure.network.certificate.what': 'The certificate of {{host}} is not trusted.',
  'failure.network.certificate.meaning':
    'Someone may be reading along, or a company’s TLS inspection is not known to this computer. Nothing was loaded.',
  'failure.network.badAddress.what': 'This is not an address that Gangway can ask: {{address}}',
  'failure.network.badAddress.meaning': 'It must begin with https:// or http://.',
  'failure.catalogue.notJson.what': '{{place}} did not answer with the list of releases.',
  'failure.catalogue.notJson.meaning':
    'Something else came instead, often a network’s sign-in page or a proxy’s notice.',
  'failure.catalogue.wrongShape.what': 'The list of releases from {{place}} is not in Go’s form.',
  'failure.catalogue.wrongShape.meaning':
    'A list that is wrong in one place is not used at all. It may be damaged, or someone changed it.',
  'failure.catalogue.noCache.what': 'There is no list of releases yet.',
  'failure.catalogue.noCache.meaning':
    '{{place}} was not reached, and no earlier list is kept here.',
  'failure.catalogue.noSuchVersion.what': 'The list has no Go {{version}}.',
  'failure.catalogue.noSuchVersion.meaning':
    'It may be misspelt, or too new or too old for this source.',
  'failure.catalogue.noFile.what':
    'Go {{version}} has no file for this computer ({{os}}, {{arch}}).',
  'failure.catalogue.noFile.meaning': 'Go publishes none for it, or this source leaves it out.',
  'failure.catalogue.emptyHash.what': 'This release has no SHA-256 in the list.',
  'failure.catalogue.emptyHash.meaning':
    'It is from a time before Go published them, so it cannot be proved. Gangway does not install it.',
  'failure.catalogue.noList.what': 'There is no list of releases at {{place}}.',
  'failure.catalogue.noList.meaning':
    'A mirror needs an index.json in the form of go.dev’s list, with the files beside it.',
  'failure.download.notGo.what': 'The download is a web page, not Go',
  'failure.download.notGo.meaning':
    'Your network’s proxy answered instead of {{host}}. Nothing was saved.',
  'failure.download.notArchive.what': '{{host}} sent something else than {{file}}.',
  'failure.download.notArchive.meaning':
    'It does not begin as such a file does. Nothing was saved.',
  'failure.download.tooLarge.what':
    'More came than the list announces for {{file}}: {{announced}}.',
  'failure.download.tooLarge.meaning': 'The transfer was ended there, and nothing of it is kept.',
  'failure.download.wrongLength.what': '{{file}} has another length than the list announces.',
  'failure.download.wrongLength.meaning':
    'Announced: {{announced}}. Received: {{received}}. Nothing of it is kept.',
  'failure.download.interrupted.what': 'Connection lost at {{megabytes}} MB.',
  'failure.download.interrupted.meaning': 'Nothing is lost: it goes on from there.',
  'failure.download.stalled.what': '{{host}} stopped sending at {{megabytes}} MB.',
  'failure.download.stalled.meaning':
    'The connection stands and nothing comes. Nothing is lost: it goes on from there.',
  'failure.download.resumeNetwork.what':
    'The download could not go on: connection lost at {{megabytes}} MB.',
  'failure.download.resumeNetwork.meaning': 'What was there before is kept. It goes on from there.',
  'failure.download.resumeRefused.what': '{{host}} does not go on where the download ended.',
  'failure.download.resumeRefused.meaning':
    'Its file may have changed. What is here is kept until you decide.',
  'failure.download.brokenPartial.what':
    'The part of {{file}} that was kept does not fit the rest.',
  'failure.download.brokenPartial.meaning':
    'This says nothing about the file itself. The part was removed; a new download starts from the beginning.',
  'failure.download.reencoded.what': '{{host}} sent {{encoding}}, not the file as it is.',
  'failure.download.reencoded.meaning':
    'A proxy or server re-encoded it on the way, so its SHA-256 cannot be right. Nothing was saved.',
  'failure.download.paused.what': 'The download is paused.',
  'failure.download.paused.meaning': 'Nothing is lost: it goes on from there.',
  'detail.asked': 'Asked for',
  'detail.answeredBy': 'Answered by',
  'detail.expected': 'Expected',
  'detail.received': 'Received',
  'detail.beginsWith': 'Begins with',
  'detail.reason': 'Reason',
  'detail.proxy': 'Proxy',
  'detail.status': 'Status',
  'detail.where': 'Where',
  'detail.found': 'Found',
  'detail.file': 'File',
  'detail.rangeAsked': 'Range asked for',
  'detail.rangeReceived': 'Range received',
  'detail.encoding': 'Encoding',
  'detail.needed': 'Needed',
  'detail.free': 'Free',
  'detail.entry': 'Entry',
  'detail.leftover': 'Not removed',
  'failure.exclusion.refused.what': 'Gangway does not set this exclusion: {{value}}',
  'failure.exclusion.refused.meaning':
    '{{reason}} Nothing was changed, and there is no way around this rule.',
  'failure.exclusion.notPlanned.what': 'This exclusion is not part of the plan.',
  'failure.exclusion.notPlanned.meaning': 'Only what was planned can be set. Plan again.',
  'failure.defender.unavailable.what': 'Defender did not do it.',
  'failure.defender.unavailable.meaning': 'It answered with an error. Nothing is excluded.',
  'failure.defender.notApplied.what': 'Defender accepted the change and did not apply it.',
  'failure.defender.notApplied.meaning':
    'Tamper Protection or a policy guards its exclusions. Nothing is excluded.',
  'failure.defender.managed.what': 'Your organisation manages Defender’s exclusions.',
  'failure.defender.managed.meaning': 'What is added here has no effect, so nothing was added.',
  'failure.defender.otherAntivirus.what': 'Another antivirus guards this computer.',
  'failure.defender.otherAntivirus.meaning':
    'Exclusions in Defender would have no effect, so none was added.',
  'failure.defender.off.what': 'Defender is off.',
  'failure.defender.off.meaning': 'There is nothing to exclude from, so nothing was added.',
  'failure.defender.blocked.what': 'Defender took {{file}}.',
  'failure.defender.blocked.meaning':
    'It calls the file {{threat}}. Blocks shows what is known about it and what can be done.',
  'failure.events.unreadable.what': 'Windows’ event log could not be read.',
  'failure.events.unreadable.meaning':
    'What Defender stopped here cannot be told without it. Nothing was changed.',
  'failure.elevation.declined.what': 'Windows asked, and the answer was no.',
  'failure.elevation.declined.meaning': 'Nothing was changed.',
  'failure.elevation.unavailable.what': 'Windows could not be asked for permission.',
  'failure.elevation.unavailable.meaning':
    'Nothing was changed. An administrator’s permission is needed for this step.',
  'failure.elevation.lost.what': 'The step that needs an administrator ended without an answer.',
  'failure.elevation.lost.meaning':
    'What it did is not known. Undo takes back whatever of it is there.',
  'failure.goEnv.notSet.what': 'Go did not take {{name}}.',
  'failure.goEnv.notSet.meaning':
    'It was set and read back as another value, for example because the environment sets it as well. Nothing was excluded.',
  'failure.journal.broken.what': 'The journal is damaged: {{count}} lines cannot be read.',
  'failure.journal.broken.what_one': 'The journal is damaged: one line cannot be read.',
  'failure.journal.broken.meaning':
    'What they recorded cannot be rolled back by Gangway. Until you decide, nothing is changed, and the file stays as it is. Gangway can keep a copy and go on with the lines that can be read.',
  'failure.journal.broken.meaning_one':
    'What it recorded cannot be rolled back by Gangway. Until you decide, nothing is changed, and the file stays as it is. Gangway can keep a copy and go on with the lines that can be read.',
  'detail.path': 'File',
  'detail.lines': 'Lines',
  'failure.journal.notFinishable.what': 'This cannot be continued.',
  'failure.journal.notFinishable.meaning':
    'Its plan is not complete in the journal. It can be taken back.',
  'detail.value': 'Exclusion',
  'detail.rule': 'Rule',
  'failure.internal.what': 'Something went wrong inside Gangway.',
  'failure.internal.meaning': 'What was done up to here is in the journal.',
  'failure.usage.what': 'This was not understood: {{said}}',
  'failure.usage.meaning': '“gangway --help” shows what can be said.',
  'failure.cancelled.what': 'Stopped, as you asked.',
  'failure.cancelled.meaning': 'What was downloaded is kept. What was begun was taken back.',
  'failure.goFind.none.what': 'No Go was found on this computer.',
  'failure.goFind.none.meaning': 'This step needs one to ask.',
  'failure.goEnv.unavailable.what': 'The Go in {{root}} does not answer.',
  'failure.goEnv.unavailable.meaning': 'It is for another system, or a part of it is missing.',
  'failure.consent.missing.what': 'Nobody was there to answer.',
  'failure.consent.missing.meaning': 'Nothing was changed. With --yes no question is asked.',
  'failure.consent.no.what': 'The answer was no.',
  'failure.consent.no.meaning': 'Nothing was changed.',
  'failure.adapter.missing.what': 'This system has no Microsoft Defender that Gangway can reach.',
  'failure.adapter.missing.meaning': 'Exclusions cannot be read or set here. Nothing was changed.',
  'failure.state.locked.what': 'Gangway is changing this computer already (process {{process}}).',
  'failure.state.locked.meaning':
    'One thing at a time is changed, so that everything can be taken back.',
  'detail.actual': 'This file',
  'detail.proof': 'Proof',
  'detail.missing': 'Missing',
  'detail.why': 'Why',
  'detail.fingerprint': 'Fingerprint',
} as const;
