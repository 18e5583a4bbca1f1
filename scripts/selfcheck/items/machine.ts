// Disks, the app as Windows shows it, and installers.
import { type Group } from './item';

export const machineItems = [
  {
    title: 'Files and links',
    items: [
      {
        id: 'files.junction',
        how: 'write',
        command: "fs.symlink(target, link, 'junction')",
        words: 'not elevated',
        expected: 'made; realpath leads to the target',
        otherwise: 'no `current`: the app says so and names the version folder',
      },
      {
        id: 'files.switch',
        how: 'write',
        words: 'setLink of the installer, from one version to another and back',
        expected: '`current` leads where it should, no leftover beside it',
        otherwise: 'a crash in a switch leaves two links: link.ts',
      },
      {
        id: 'files.openFile',
        how: 'write',
        words: 'rename of a folder in which a file is open',
        expected: 'refused with EPERM, EACCES or EBUSY',
        otherwise: 'an upgrade under a running go.exe needs another message',
      },
      {
        id: 'files.longPath',
        how: 'write',
        words: 'a path of 300 characters made, read and removed by Node',
        expected: 'works',
        otherwise: 'archives with deep folders need the \\\\?\\ form',
      },
      {
        id: 'files.exFat',
        how: 'hand',
        words: 'install root on a USB stick with exFAT',
        expected: 'install.linkRefused with the reason "volume"; the version folder works',
        otherwise: 'link.ts must know the error that comes',
      },
      {
        id: 'files.go',
        how: 'hand',
        command: String.raw`%LOCALAPPDATA%\Gangway\go\current\bin\go.exe version`,
        words: 'then go test ./... in a module',
        expected: 'the version that was installed; the tests run',
        otherwise: 'the junction is resolved by Go: see GOROOT',
      },
      {
        id: 'files.mark',
        how: 'hand',
        command: String.raw`Get-Item -Stream * %LOCALAPPDATA%\Gangway\go\*\bin\go.exe`,
        expected: 'no Zone.Identifier',
        otherwise: 'SmartScreen asks at the first start: tell it',
      },
    ],
  },
  {
    title: 'App and installers',
    items: [
      {
        id: 'app.toast',
        how: 'hand',
        words: 'a block while the window is in the background',
        expected: 'a toast; a click does what the first button does',
        otherwise: 'the AppUserModelID is not that of the shortcut',
      },
      {
        id: 'app.toastButtons',
        how: 'hand',
        words: 'the same, buttons of the toast',
        expected: 'each does what it says',
        otherwise: 'show none on that version',
      },
      {
        id: 'app.securityLink',
        how: 'hand',
        command: 'start windowsdefender://threatsettings',
        expected: "Windows Security opens at Defender's settings",
        otherwise: 'describe the way in words',
      },
      {
        id: 'app.looks',
        how: 'hand',
        words: 'light, dark, the four contrast themes, 100, 150 and 200 % scaling, Narrator',
        expected: 'readable, nothing cut off, every row read out',
        otherwise: 'an issue with a picture',
      },
      {
        id: 'installer.msi',
        how: 'hand',
        command: 'Get-AuthenticodeSignature go<version>.windows-amd64.msi',
        words: 'later, with MSI installs',
        expected: 'Valid, Google LLC',
        otherwise: 'the proof of an MSI has to change',
      },
    ],
  },
] as const satisfies readonly Group[];
