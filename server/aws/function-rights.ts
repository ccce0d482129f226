import type { FunctionName } from './bundle-functions.ts';

/** DynamoDB's actions by table: its name without the prefix, or `hot-views` for all of them. */
export type TableRights = Readonly<Record<string, readonly string[]>>;

/** The event store's identity, pauses and the hot views' versions are kept beside the leases. */
const BESIDE_LEASES = ['GetItem', 'PutItem'];

/** What a gap is filled from. */
const READ_EVENTS = ['GetItem', 'Query'];

const READ = ['GetItem', 'BatchGetItem', 'Query'];

/** What each function asks of DynamoDB: its role is given this, and a test sees that it asks no more. */
export const FUNCTION_RIGHTS: Readonly<Record<FunctionName, TableRights>> = {
  'stream-to-journal': { events: READ_EVENTS, leases: BESIDE_LEASES },
  'stream-to-hot-views': {
    events: READ_EVENTS,
    leases: BESIDE_LEASES,
    'hot-views': ['BatchGetItem', 'PutItem'],
    'dead-letters': ['BatchGetItem', 'UpdateItem'],
  },
  'project-journal': { events: ['GetItem'], leases: BESIDE_LEASES },
  // What modules' commands and resources ask; ConditionCheckItem is that of what a command only read.
  'answer-api': {
    events: [...READ, 'PutItem', 'ConditionCheckItem', 'DescribeTable'],
    commands: [...READ, 'PutItem'],
    'eventless-commands': [...READ, 'PutItem'],
    snapshots: [...READ, 'BatchWriteItem'],
    'hot-views': [...READ, 'Scan'],
    'dead-letters': [...READ, 'Scan'],
    leases: [...READ, 'PutItem'],
    workers: ['Scan'],
  },
};
