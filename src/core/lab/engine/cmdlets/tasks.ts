// Register-, Get- and Unregister-ScheduledTask. A task keeps what it was given and gives the same back.
import { failed, type Answer, type WindowsError } from '../../defender/answers';
import type { LabTask } from '../../defender/state';
import type { LabStep } from '../../defender/step';
import {
  findTasks,
  registerTask,
  unregisterTask,
  type TaskName,
  type TaskRequest,
} from '../../defender/tasks';
import { timeOf, type Fields, type Parameters } from '../parameters';
import { wireObject, type WireObject, type WireValue } from '../wire';
import type { Cmdlet } from './cmdlet';

export const registerScheduledTask: Cmdlet = {
  parameters: [
    ...['TaskName', 'TaskPath', 'Action', 'Trigger', 'Principal', 'Settings', 'Description'],
    ...['User', 'RunLevel', 'Force'],
  ],
  run: ({ store }, caller, parameters) =>
    store.change((step): Answer<readonly WireObject[]> => {
      const request = readTask(parameters, step);
      if (request.kind === 'failed') return request;
      const answer = registerTask(step, caller, request.value);
      return answer.kind === 'failed'
        ? answer
        : { kind: 'value', value: [taskObject(answer.value)] };
    }),
};

export const getScheduledTask: Cmdlet = {
  parameters: ['TaskName', 'TaskPath'],
  async run({ store }, _, parameters) {
    const view = await store.view();
    const objects: WireObject[] = [];
    for (const wanted of namesOf(parameters)) {
      const answer = findTasks(view, wanted);
      if (answer.kind === 'failed') return answer;
      objects.push(...answer.value.map(taskObject));
    }
    return { kind: 'value', value: objects };
  },
};

export const unregisterScheduledTask: Cmdlet = {
  parameters: ['TaskName', 'TaskPath'],
  run: ({ store }, caller, parameters) =>
    store.change((step): Answer<readonly WireObject[]> => {
      for (const wanted of namesOf(parameters)) {
        const answer = unregisterTask(step, caller, wanted);
        if (answer.kind === 'failed') return answer;
      }
      return { kind: 'value', value: [] };
    }),
};

function namesOf(parameters: Parameters): readonly TaskName[] {
  const path = parameters.text('TaskPath');
  return parameters
    .texts('TaskName')
    .map((name) => ({ name, path: path === null ? null : folderOf(path) }));
}

function readTask(parameters: Parameters, { now }: LabStep): Answer<TaskRequest> {
  const name = parameters.text('TaskName') ?? '';
  const actions = parameters.objects('Action');
  const [action] = actions;
  const execute = action?.text('Execute') ?? '';
  const principal = parameters.object('Principal');
  const settings = parameters.object('Settings');
  const triggers = parameters.objects('Trigger');
  if (!/^[^\\/:*?"<>|]{1,200}$/.test(name) || action === undefined || execute === '') {
    return failed(malformed());
  }
  // The lab runs one program for a task.
  if (actions.length > 1) return failed(malformed());
  const startWhenAvailable = settings?.flag('StartWhenAvailable') ?? false;
  const starts = triggers.flatMap((trigger) => startOf(trigger) ?? []).sort();
  const [first] = starts.filter((start) => start > now || startWhenAvailable);
  return {
    kind: 'value',
    value: {
      name,
      path: folderOf(parameters.text('TaskPath') ?? '\\'),
      at: first ?? null,
      force: parameters.flag('Force'),
      program: {
        execute,
        arguments: action.text('Arguments') ?? action.text('Argument') ?? '',
        startWhenAvailable,
        every: triggers.map(everyOf).find((every) => every !== null) ?? null,
        runner: null,
        lastRun: null,
        lastResult: null,
        definition: {
          description: parameters.text('Description') ?? '',
          user: principal?.text('UserId') ?? parameters.text('User') ?? '',
          actions: actions.map(plain),
          triggers: triggers.map(plain),
          principal: principal === null ? null : plain(principal),
          settings: settings === null ? null : plain(settings),
        },
      },
    },
  };
}

function startOf(trigger: Fields): string | null {
  return timeOf(trigger.raw('StartBoundary')) ?? timeOf(trigger.raw('At'));
}

/** Milliseconds; null for a trigger that repeats nothing. */
function everyOf(trigger: Fields): number | null {
  const text = trigger.object('Repetition')?.text('Interval') ?? '';
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((at) => Number(match[at] ?? 0));
  const total =
    ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  return total > 0 ? total : null;
}

function folderOf(path: string): string {
  const bare = path.replace(/^\\+|\\+$/g, '');
  return bare === '' ? '\\' : `\\${bare}\\`;
}

function taskObject({ name, path, program, exclusion }: LabTask): WireObject {
  const definition = program?.definition;
  return wireObject(
    'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_ScheduledTask',
    {
      TaskName: name,
      TaskPath: path,
      URI: `${path}${name}`,
      State: (program?.runner ?? null) === null ? 'Ready' : 'Running',
      Author: '',
      Description: definition?.description ?? (exclusion === null ? '' : 'The lab ends it.'),
      Actions: (definition?.actions ?? []) as WireValue,
      Triggers: (definition?.triggers ?? []) as WireValue,
      Principal: (definition?.principal ?? null) as WireValue,
      Settings: (definition?.settings ?? null) as WireValue,
    },
  );
}

/** As it is kept and given back. */
function plain(fields: Fields): WireObject {
  return wireObject(fields.type ?? 'CimInstance', fields.given as WireObject['props']);
}

/** SCHED_E_MALFORMEDXML. */
function malformed(): WindowsError {
  return {
    message: 'The task XML is malformed. ',
    hresult: '0x8004131a',
    category: 'NotSpecified',
    id: 'HRESULT 0x8004131a,Register-ScheduledTask',
  };
}
