import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type TableSpec, toCreateTable } from './table-specs.ts';

/** Streams whose records carry the new item. */
const VIEW_TYPES = ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'];

/**
 * Looks at every setting of a table and sets those that are not as they have to be. `untilActive`
 * waits for the table and describes it. Throws NOT_CONFIGURED where a setting cannot be changed
 * without losing something: that is for a person to decide.
 */
export async function ensureTableSettings(
  client: DynamoDBClient,
  spec: TableSpec,
  {
    isProtected,
    untilActive,
  }: { readonly isProtected: boolean; readonly untilActive: () => Promise<TableDescription> },
): Promise<void> {
  const table = await untilActive();
  requireKeys(spec, table);
  if (spec.stream) {
    await ensureStream(client, spec, table);
  }
  if (isProtected && (await untilActive()).DeletionProtectionEnabled !== true) {
    await client.send(
      new UpdateTableCommand({ TableName: spec.name, DeletionProtectionEnabled: true }),
    );
  }
  await untilActive();
  if (isProtected) {
    await ensureBackups(client, spec.name);
  }
  if (spec.expiresAt !== undefined) {
    await ensureTimeToLive(client, spec.name, spec.expiresAt);
  }
}

function requireKeys(
  spec: TableSpec,
  { KeySchema = [], AttributeDefinitions = [] }: TableDescription,
) {
  const wanted = toCreateTable(spec, false);
  const toText = (keys: typeof KeySchema, attributes: typeof AttributeDefinitions) =>
    keys
      .map(({ AttributeName: name, KeyType }) => {
        const type = attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
        return `${name} (${KeyType}, ${type})`;
      })
      .sort()
      .join(', ');
  const expected = toText(wanted.KeySchema ?? [], wanted.AttributeDefinitions ?? []);
  const found = toText(KeySchema, AttributeDefinitions);
  if (found !== expected) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The table ${spec.name} has the key ${found}, and Playhead's has ${expected}. ` +
        'Set TABLE_PREFIX to one of your own.',
    );
  }
}

async function ensureStream(
  client: DynamoDBClient,
  { name }: TableSpec,
  { StreamSpecification: stream }: TableDescription,
): Promise<void> {
  if (stream?.StreamEnabled !== true) {
    await client.send(
      new UpdateTableCommand({
        TableName: name,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
  } else if (!VIEW_TYPES.includes(`${stream.StreamViewType}`)) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The stream of ${name} has the view type ${stream.StreamViewType}, which carries no events. ` +
        'Stop every worker, disable the stream, and start again: it is enabled with NEW_IMAGE.',
    );
  }
}

async function ensureBackups(client: DynamoDBClient, TableName: string): Promise<void> {
  const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED') {
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
  }
}

async function ensureTimeToLive(
  client: DynamoDBClient,
  TableName: string,
  AttributeName: string,
): Promise<void> {
  const answer = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const found = answer.TimeToLiveDescription;
  const isOn = ['ENABLED', 'ENABLING'].includes(`${found?.TimeToLiveStatus}`);
  if (isOn && found?.AttributeName !== AttributeName) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `Items of ${TableName} expire by ${found?.AttributeName}, and should by ${AttributeName}. ` +
        'Disable the time to live of the table, and start again.',
    );
  }
  if (!isOn) {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName },
      }),
    );
  }
}
