import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { toMessageAggregateId } from '../domain/message-aggregate.ts';
import { DEMO_CHANGES, type DemoChange, toDemoRecordId } from './demo-records.ts';

type DemoCrmCommand = DemoCommand & { readonly at: string };

const DAY_MS = 86_400_000;
const COMMIT = 10_500_691_831_000;

/** What else came, and what was said of it. */
const ODD_MESSAGES = [
  { text: '{"payload":', settled: 'Cut off by the sender, which has sent it again.' },
  { text: '<change entity="Account"/>', settled: 'A test of the sender.' },
  { text: '{"payload":{"ChangeEventHeader":{"entityName":"Account"}}}', settled: null },
] as const;

/**
 * The commands of the demo's CRM records in the order of their times, the last ones days before `endsAt` (ISO
 * 8601). Pure, and the same for the same `endsAt`, command ids included.
 */
export function planDemoCrm(endsAt: string): DemoCrmCommand[] {
  const lastDay = Math.floor(Date.parse(endsAt) / DAY_MS) * DAY_MS;
  const toTime = (daysBefore: number, minutes: number) =>
    lastDay - daysBefore * DAY_MS + (9 * 60 + minutes) * 60_000;
  const changes = DEMO_CHANGES.map((change, index) => {
    const at = toTime(change.daysBefore, index);
    return { at, type: 'RecordCrmMessages', input: { body: toDemoMessage(change, index, at) } };
  });
  const odd = ODD_MESSAGES.flatMap(({ text, settled }, index) => {
    const at = toTime(5, 60 + index);
    const kept = { at, type: 'RecordCrmMessages', input: { body: text } };
    const { id: messageId } = parseAggregateId(toMessageAggregateId(text));
    return settled === null
      ? [kept]
      : [
          kept,
          { at: at + DAY_MS, type: 'SettleCrmMessage', input: { messageId, reason: settled } },
        ];
  });
  return [...changes, ...odd]
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...command }, index) => ({
      ...command,
      at: new Date(at).toISOString(),
      actor: 'token:salesforce',
      commandId: `demo-crm-${String(index + 1).padStart(3, '0')}`,
    }));
}

/** A change event as EventBridge delivers it. */
function toDemoMessage(
  { entityName, changeType, of, fields = {} }: DemoChange,
  index: number,
  at: number,
): string {
  return JSON.stringify({
    version: '0',
    id: `demo-${index + 1}`,
    'detail-type': `${entityName}ChangeEvent`,
    source: 'aws.partner/salesforce.com/demo',
    time: new Date(at).toISOString(),
    detail: {
      schema: 'demo',
      payload: {
        ChangeEventHeader: {
          entityName,
          recordIds: of.map((record) => toDemoRecordId(entityName, record)),
          changeType,
          changeOrigin: 'com/salesforce/api/rest/62.0;client=SfdcInternal',
          transactionKey: `0001-${index + 1}`,
          sequenceNumber: 1,
          commitTimestamp: at,
          commitNumber: COMMIT + index,
          commitUser: '005000000000001AAA',
          changedFields: changeType === 'UPDATE' ? toChangedFields(fields) : [],
        },
        LastModifiedDate: new Date(at).toISOString(),
        ...fields,
      },
      event: { replayId: 1_000 + index },
    },
  });
}

/** The names of what changed, parts of compound fields by dotted ones. */
function toChangedFields(fields: NonNullable<DemoChange['fields']>): string[] {
  const names = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((part) => `${name}.${part}`)
      : [name],
  );
  return [...names, 'LastModifiedDate'];
}
