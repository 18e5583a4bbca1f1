// Scheduled tasks of the lab: registered, read back and taken away. Those of the system are an administrator's alone.
// What runs when one is due is the store's.
import { accessDenied, cimError, failed, value, type Answer, type Caller } from './answers';
import type { LabTask, TaskProgram } from './state';
import type { LabStep, LabView } from './step';
import { foldCase } from '../../../shared/rules/winPath';

export interface TaskName {
  readonly name: string;
  /** With a backslash at both ends; null is any folder. */
  readonly path: string | null;
}

export interface TaskRequest {
  readonly name: string;
  readonly path: string;
  /** ISO 8601; null for a task that nothing starts. */
  readonly at: string | null;
  readonly program: TaskProgram;
  /** Replaces one of the same name. */
  readonly force: boolean;
}

export function registerTask(step: LabStep, caller: Caller, request: TaskRequest): Answer<LabTask> {
  const { settings, state } = step;
  const cmdlet = 'Register-ScheduledTask';
  if (settings.scheduler === 'denied' || !caller.elevated) return failed(accessDenied(cmdlet));
  const task: LabTask = {
    name: request.name,
    path: request.path,
    at: request.at,
    exclusion: null,
    program: request.program,
  };
  if (tasksNamed(step, request).length > 0 && !request.force) {
    return failed({
      ...cimError(cmdlet, '0x800700b7', 'Cannot create a file when that file already exists. '),
      category: 'ResourceExists',
    });
  }
  state.tasks = state.tasks.filter((other) => !isNamed(other, request));
  if (settings.scheduler !== 'forgets') state.tasks.push(task);
  return value(task);
}

export function findTasks(view: LabView, wanted: TaskName): Answer<readonly LabTask[]> {
  const found = tasksNamed(view, wanted);
  return found.length > 0 ? value(found) : failed(noSuchTask('Get-ScheduledTask', wanted.name));
}

export function unregisterTask(step: LabStep, caller: Caller, wanted: TaskName): Answer<null> {
  const cmdlet = 'Unregister-ScheduledTask';
  if (tasksNamed(step, wanted).length === 0) return failed(noSuchTask(cmdlet, wanted.name));
  if (step.settings.scheduler === 'denied' || !caller.elevated) return failed(accessDenied(cmdlet));
  step.state.tasks = step.state.tasks.filter((task) => !isNamed(task, wanted));
  return value(null);
}

function tasksNamed({ state }: LabView, wanted: TaskName): readonly LabTask[] {
  return state.tasks.filter((task) => isNamed(task, wanted));
}

function isNamed(task: LabTask, { name, path }: TaskName): boolean {
  return (
    foldCase(task.name) === foldCase(name) &&
    (path === null || foldCase(task.path) === foldCase(path))
  );
}

function noSuchTask(cmdlet: string, name: string): ReturnType<typeof cimError> {
  return {
    message:
      `No MSFT_ScheduledTask objects found with property 'TaskName' equal to '${name}'.  ` +
      'Verify the value of the property and retry.',
    hresult: '0x80131500',
    category: 'ObjectNotFound',
    id: `CmdletizationQuery_NotFound_TaskName,${cmdlet}`,
  };
}
