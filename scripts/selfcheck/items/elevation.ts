// The prompt, the record that comes back, and the task that ends an exclusion.
import { afterWrite, type Group } from './item';

export const elevationItems = [
  {
    title: 'Elevation',
    items: [
      {
        id: 'elevation.pipeFirst',
        how: 'read',
        words: 'two servers on one pipe name',
        expected: 'the second is refused (EADDRINUSE or EACCES)',
        otherwise: 'a squatter of the name can answer in our place: refuse to elevate',
      },
      {
        id: 'elevation.prompt',
        how: 'write',
        command: afterWrite,
        words: 'answer Yes',
        expected: 'one prompt for a batch, and a record for each of its steps over the pipe',
        otherwise: 'nothing that needs an administrator works: see the cause that is named',
      },
      {
        id: 'elevation.declined',
        how: 'hand',
        command: afterWrite,
        words: 'answer No',
        expected: 'elevation.prompt says "declined"; nothing was written',
        otherwise: 'elevate.ps1 must find 1223 in another way',
      },
      {
        id: 'elevation.timeout',
        how: 'hand',
        command: afterWrite,
        words: 'leave the prompt alone for three minutes',
        expected: 'elevation.prompt says "declined"',
        otherwise: 'promptTimeout is too short or Windows says something else',
      },
      {
        id: 'elevation.otherAdministrator',
        how: 'hand',
        command: afterWrite,
        words: `as a standard user, enter an administrator's name and password`,
        expected: "the same as above, and the paths are the standard user's",
        otherwise: "the pipe's access list shuts the other account out",
      },
      {
        id: 'elevation.withoutPrompt',
        how: 'hand',
        command: afterWrite,
        words: 'UAC at "never notify"',
        expected: 'the same report without a prompt',
        otherwise: 'an elevation that nobody saw is not told',
      },
      {
        id: 'elevation.parameterLength',
        how: 'hand',
        command: `Start-Process powershell.exe -Verb RunAs -Wait -PassThru -ArgumentList ('-NoProfile -Command "exit 7" #' + 'x' * 30000) | Select-Object ExitCode`,
        expected: '7: the whole of 32,767 characters arrives',
        otherwise:
          'the limit of 2,048 in commandLine.ts stays; where it starts nothing at 2,048 either, shorten the bootstrap',
      },
      {
        id: 'elevation.window',
        how: 'hand',
        command: afterWrite,
        words: 'watch the screen',
        expected: 'no console window flashes',
        otherwise: 'start the helper through conhost --headless or say that it flashes',
      },
      {
        id: 'elevation.lockedDown',
        how: 'hand',
        command: afterWrite,
        words: 'with an enforced App Control policy for scripts',
        expected:
          'elevation.prompt says that the elevated program ended at once (Constrained Language Mode)',
        otherwise: 'the sentence for locked-down machines is wrong',
      },
    ],
  },
  {
    title: 'The task that ends an exclusion',
    items: [
      {
        id: 'task.registered',
        how: 'write',
        command: String.raw`Get-ScheduledTask -TaskPath '\Gangway\'`,
        words: 'elevated, after it was registered',
        expected: 'there, with exactly the command line that was given',
        otherwise: 'the record says "another task": compare the arguments',
      },
      {
        id: 'task.ran',
        how: 'write',
        words: 'an exclusion that ends in a minute; Get-MpPreference after it',
        expected: 'the entry is gone, the others are as they were',
        otherwise: 'the task does not run as SYSTEM, or Defender does not let it remove',
      },
      {
        id: 'task.gone',
        how: 'write',
        command: String.raw`Get-ScheduledTask -TaskPath '\Gangway\' -TaskName <its name>`,
        words: 'elevated, after its end',
        expected: 'error of category ObjectNotFound: the task removed itself',
        otherwise: 'it stays and runs every hour: harmless, but to be mended',
      },
      {
        id: 'task.repetition',
        how: 'hand',
        command: String.raw`(Get-ScheduledTask -TaskPath '\Gangway\').Triggers.Repetition`,
        words: 'elevated, with an exclusion of a day',
        expected: 'PT1H without an end; StartBoundary ends with Z',
        otherwise: 'older Windows want -RepetitionDuration',
      },
      {
        id: 'task.missedStart',
        how: 'hand',
        words: 'an exclusion that ends while the computer is off; start it on battery',
        expected: 'the entry is gone within minutes',
        otherwise: 'StartWhenAvailable or the battery settings do not do what they say',
      },
      {
        id: 'task.access',
        how: 'hand',
        command: String.raw`schtasks.exe /change /tn \Gangway\<name> /disable`,
        words: 'not elevated',
        expected: 'access is denied',
        otherwise: 'a user can keep an exclusion for ever: set the access list of the task',
      },
    ],
  },
] as const satisfies readonly Group[];
