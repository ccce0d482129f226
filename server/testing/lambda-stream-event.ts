import type { _Record } from '@aws-sdk/client-dynamodb-streams';

/**
 * Records as the SDK reads them from a stream, in the form in which Lambda delivers them to a function: as
 * JSON, bytes in Base64, times in seconds.
 */
export function toLambdaStreamEvent(records: readonly _Record[]): unknown {
  const Records = records.map(({ dynamodb, ...record }, index) => ({
    eventID: `event-${index}`,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-central-1',
    eventSourceARN:
      'arn:aws:dynamodb:eu-central-1:123456789012:table/playhead-events/stream/2026-01-01T00:00:00.000',
    ...record,
    dynamodb: {
      SizeBytes: 100,
      StreamViewType: 'NEW_IMAGE',
      ...dynamodb,
      ApproximateCreationDateTime: (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1_000,
    },
  }));
  return JSON.parse(JSON.stringify({ Records }, toBase64));
}

/** Of bytes within an object; of `Buffer` too, which writes itself as JSON before anybody is asked. */
function toBase64(this: unknown, _key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
