// What Microsoft says never to exclude, complete: "Common mistakes to avoid when defining exclusions" of Microsoft
// Defender, as of 30 June 2026. Data only; `judge.ts` decides with it.

/**
 * Folders. `*` as a whole name stands for any one folder. `inside`: what lies below is refused as well, since the folder is
 * open to everyone or is Windows' own.
 */
export const neverFolders: readonly { readonly pattern: string; readonly inside: boolean }[] = [
  { pattern: '%SystemDrive%', inside: false },
  { pattern: '%ProgramFiles%\\Java', inside: true },
  { pattern: '%ProgramFiles(x86)%\\Java', inside: true },
  // "Program folders of installed applications".
  { pattern: '%ProgramFiles%\\*', inside: false },
  { pattern: '%ProgramFiles(x86)%\\*', inside: false },
  { pattern: '%SystemDrive%\\Temp', inside: true },
  { pattern: '%SystemDrive%\\Users', inside: false },
  { pattern: '%SystemDrive%\\Users\\*\\AppData\\Local\\Temp', inside: true },
  { pattern: '%SystemDrive%\\Users\\*\\AppData\\LocalLow\\Temp', inside: true },
  { pattern: '%windir%\\Prefetch', inside: true },
  { pattern: '%windir%\\System32\\Spool', inside: true },
  { pattern: '%windir%\\System32\\CatRoot2', inside: true },
  { pattern: '%windir%\\Temp', inside: true },
];

/** Of the same page for Linux and macOS. No Windows path is spelt so; they are refused as not absolute. */
export const neverFoldersElsewhere: readonly string[] = ['/', '/bin', '/sbin', '/usr/lib'];

export const neverExtensions: readonly string[] = (
  '7z bat bin cab cmd com cpl dll exe fla gif gz hta inf jar java job jpeg jpg js ko ko.gz msi ocx png ps1 py rar ' +
  'reg scr sys tar tmp url vbe vbs wsf zip'
).split(' ');

export const neverProcesses: readonly string[] = (
  'AcroRd32.exe addinprocess.exe addinprocess32.exe addinutil.exe bash.exe bginfo.exe bitsadmin.exe cdb.exe cmd.exe ' +
  'cscript.exe csi.exe dbghost.exe dbgsvc.exe dnx.exe dotnet.exe excel.exe fsi.exe fsiAnyCpu.exe iexplore.exe ' +
  'java.exe kd.exe lxssmanager.dll msbuild.exe mshta.exe ntkd.exe ntsd.exe outlook.exe powerpnt.exe powershell.exe ' +
  'psexec.exe rcsi.exe schtasks.exe svchost.exe system.management.automation.dll windbg.exe winword.exe wmic.exe ' +
  'wscript.exe wuauclt.exe ' +
  // Linux and macOS.
  'bash java python python3 sh zsh'
).split(' ');

/** Most wildcards that Defender takes in one entry. */
export const maxWildcards = 6;
