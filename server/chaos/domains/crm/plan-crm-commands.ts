import { createHash } from 'node:crypto';
import { CRM_ENTITIES, type EntityName } from '#lib/modules/crm/entities.ts';
import { between, pick, type Random } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import type { SharedIds } from '../chaos-domain.ts';

const RECORDS = 8;

/** Of every kind there are records; a merged change is of two of one kind. */
const KINDS = CRM_ENTITIES.map(({ entityName }) => entityName);

/** Creations before anything else. */
export const FIRST_CHANGES = RECORDS;

/**
 * Change events of a few records: in order and late, merged ones, some a second time under another command,
 * readings, and messages that are no changes, some of which are settled.
 */
export function* planCrmCommands(
  random: Random,
  { prefix }: SharedIds,
): Generator<readonly Draft[], never> {
  const records = Array.from({ length: RECORDS }, (_, index): ChaosRecord => {
    return { entityName: KINDS[index % KINDS.length] ?? 'Account', id: toId(`${prefix}-${index}`) };
  });
  const refused: string[] = [];
  let commit = 0;
  let last: Draft | undefined;
  for (const record of records) {
    commit += 1;
    yield [change(record, 'CREATE', commit, { Name: `Record ${commit}` })];
  }
  for (;;) {
    commit += 1;
    const drawn = random();
    const record = pick(random, records);
    if (drawn < 0.6) {
      last = change(record, 'UPDATE', commit, { Name: `Record ${commit}` });
      yield [last];
    } else if (drawn < 0.7) {
      const other = pick(
        random,
        records.filter(({ entityName }) => entityName === record.entityName),
      );
      yield [change(record, 'UPDATE', commit, { Description: `At ${commit}` }, other.id)];
    } else if (drawn < 0.78) {
      const late = between(random, 1, commit);
      yield [change(record, 'UPDATE', late, { Account_Status__c: `Status ${late}` })];
    } else if (drawn < 0.84 && last !== undefined) {
      yield [last, last];
    } else if (drawn < 0.9) {
      yield [reading(record, commit)];
    } else if (drawn < 0.96 || refused.length === 0) {
      const body = `{"odd":"${prefix}-${commit}"}`;
      refused.push(createHash('sha256').update(body).digest('hex').slice(0, 32));
      yield [{ type: 'RecordCrmMessages', input: { body } }];
    } else {
      const input = { messageId: pick(random, refused), reason: 'Planned' };
      yield [{ type: 'SettleCrmMessage', input }];
    }
  }
}

const BEGIN = 1_767_225_600_000;

type ChaosRecord = { readonly entityName: EntityName; readonly id: string };

function change(
  { entityName, id }: ChaosRecord,
  changeType: string,
  commitNumber: number,
  fields: Readonly<Record<string, string>>,
  ...others: readonly string[]
): Draft {
  const ChangeEventHeader = {
    entityName,
    recordIds: [id, ...others],
    changeType,
    commitNumber,
    sequenceNumber: 1,
    commitTimestamp: BEGIN + commitNumber,
  };
  const body = JSON.stringify({ payload: { ChangeEventHeader, ...fields } });
  return { type: 'RecordCrmMessages', input: { body } };
}

function reading({ entityName, id }: ChaosRecord, commit: number): Draft {
  const SystemModstamp = new Date(BEGIN + commit).toISOString();
  const body = JSON.stringify({ Id: id, SystemModstamp, Phone: `+49 ${commit}` });
  return { type: 'RecordCrmReadings', input: { entityName, body } };
}

/** An id of 15 characters that is always the same for the same text. */
function toId(text: string): string {
  return `001${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}
