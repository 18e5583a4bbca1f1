// Get-WinEvent: the lab's log, newest first as Windows gives it, by a hashtable or by an XPath query.
import { failed, type Answer, type WindowsError } from '../../defender/answers';
import type { LoggedEvent } from '../../defender/eventJournal';
import { codeIntegrityChannel, defenderChannel } from '../../defender/eventXml';
import { sameText } from '../../../../shared/rules/winPath';
import { listOf, timeOf, type Fields, type Parameters } from '../parameters';
import { wireDate, wireObject } from '../wire';
import { parseQuery, type EventFacts, type EventFilter } from '../xpath';
import type { Cmdlet } from './cmdlet';

const name = 'Microsoft.PowerShell.Commands.GetWinEventCommand';
const logs = [defenderChannel, codeIntegrityChannel];

export const getWinEvent: Cmdlet = {
  parameters: ['FilterHashtable', 'FilterXPath', 'LogName', 'ProviderName', 'MaxEvents', 'Oldest'],
  async run({ store, settings }, _, parameters) {
    const request = readRequest(parameters);
    if (request.kind === 'failed') return request;
    const { logs: wanted, filter } = request.value;
    const found = wanted.map((log) => logs.find((one) => sameText(one, log)) ?? null);
    const unknown = wanted.find((_log, at) => found[at] === null);
    if (unknown !== undefined || settings.eventLog === 'missing') {
      return failed(noSuchLog(unknown ?? wanted[0] ?? ''));
    }
    if (settings.eventLog === 'denied') return failed(notAllowed());
    const { now } = await store.view();
    const events = (await store.events())
      .filter(({ channel }) => found.includes(channel))
      .map((event) => ({ event, facts: factsOf(event) }))
      .filter(({ facts }) => filter(facts, now))
      .sort((a, b) => a.facts.recordId - b.facts.recordId);
    if (!parameters.flag('Oldest')) events.reverse();
    const most = parameters.number('MaxEvents') ?? Number.POSITIVE_INFINITY;
    if (events.length === 0) return failed(nothingFound());
    return {
      kind: 'value',
      value: events.slice(0, most).map(({ event, facts }) =>
        wireObject('System.Diagnostics.Eventing.Reader.EventLogRecord', {
          Id: facts.eventId,
          RecordId: facts.recordId,
          Level: facts.level,
          TimeCreated: wireDate(facts.at),
          LogName: event.channel,
          ProviderName: facts.provider,
          MachineName: 'LAB',
          xml: event.xml,
        }),
      ),
    };
  },
};

interface EventRequest {
  readonly logs: readonly string[];
  readonly filter: EventFilter;
}

function readRequest(parameters: Parameters): Answer<EventRequest> {
  const table = parameters.object('FilterHashtable');
  if (table !== null) {
    return { kind: 'value', value: { logs: table.texts('LogName'), filter: filterOf(table) } };
  }
  const query = parameters.text('FilterXPath');
  const filter = query === null ? () => true : parseQuery(query);
  if (filter === null) return failed(invalidQuery());
  return { kind: 'value', value: { logs: parameters.texts('LogName'), filter } };
}

function filterOf(table: Fields): EventFilter {
  const ids = listOf(table.raw('Id') ?? table.raw('ID')).map(Number);
  const levels = listOf(table.raw('Level')).map(Number);
  const from = timeOf(table.raw('StartTime'));
  const to = timeOf(table.raw('EndTime'));
  const providers = table.texts('ProviderName');
  return ({ eventId, level, at, provider }) =>
    (ids.length === 0 || ids.includes(eventId)) &&
    (levels.length === 0 || levels.includes(level)) &&
    (from === null || at >= from) &&
    (to === null || at <= to) &&
    (providers.length === 0 || providers.some((wanted) => sameText(wanted, provider)));
}

function factsOf({ xml, recordId, at }: LoggedEvent): EventFacts {
  return {
    eventId: Number(/<EventID>(\d+)</.exec(xml)?.[1] ?? 0),
    level: Number(/<Level>(\d+)</.exec(xml)?.[1] ?? 0),
    provider: /<Provider Name='([^']*)'/.exec(xml)?.[1] ?? '',
    recordId,
    at,
  };
}

function noSuchLog(log: string): WindowsError {
  return {
    message: `There is not an event log on the localhost computer that matches "${log}".`,
    hresult: '0x80131500',
    category: 'ObjectNotFound',
    id: `NoMatchingLogsFound,${name}`,
  };
}

function notAllowed(): WindowsError {
  return {
    message: 'Attempted to perform an unauthorized operation.',
    hresult: '0x80070005',
    category: 'PermissionDenied',
    id: `System.UnauthorizedAccessException,${name}`,
  };
}

function nothingFound(): WindowsError {
  return {
    message: 'No events were found that match the specified selection criteria.',
    hresult: '0x80131500',
    category: 'ObjectNotFound',
    id: `NoMatchingEventsFound,${name}`,
  };
}

function invalidQuery(): WindowsError {
  return {
    message: 'The specified query is invalid',
    hresult: '0x80131500',
    category: 'NotSpecified',
    id: `System.Diagnostics.Eventing.Reader.EventLogException,${name}`,
  };
}
