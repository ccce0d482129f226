import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DescribeStreamInput,
  type DescribeStreamOutput,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsInput,
  type GetRecordsOutput,
  GetShardIteratorCommand,
  type GetShardIteratorInput,
  type GetShardIteratorOutput,
} from '@aws-sdk/client-dynamodb-streams';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';

/** The three calls of DynamoDB Streams that a reader needs, with AWS's own shapes and exceptions. */
export type StreamsApi = {
  readonly describeStream: (input: DescribeStreamInput) => Promise<DescribeStreamOutput>;
  readonly getShardIterator: (input: GetShardIteratorInput) => Promise<GetShardIteratorOutput>;
  readonly getRecords: (input: GetRecordsInput) => Promise<GetRecordsOutput>;
};

export function createStreamsApi(client: DynamoDBStreamsClient): StreamsApi {
  return {
    describeStream: (input) => client.send(new DescribeStreamCommand(input)),
    getShardIterator: (input) => client.send(new GetShardIteratorCommand(input)),
    getRecords: (input) => client.send(new GetRecordsCommand(input)),
  };
}

/** The ARN of the events table's stream. Throws NOT_CONFIGURED when the table has none. */
export async function getStreamArn({ client, tables }: Dynamo): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tables.events }));
  if (Table?.LatestStreamArn === undefined || Table.StreamSpecification?.StreamEnabled === false) {
    throw new PlayheadError(
      'NOT_CONFIGURED',
      `The table ${tables.events} has no stream. Enable one with the view type NEW_IMAGE.`,
    );
  }
  return Table.LatestStreamArn;
}
