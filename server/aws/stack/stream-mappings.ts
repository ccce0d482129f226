import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { Functions } from './functions.ts';
import type { PlayheadFunction } from './playhead-function.ts';

/** Half of what the stream keeps: a database may be away for so long without anything being given up. */
const MAX_RECORD_AGE = Duration.hours(12);

type Stream = { readonly arn: string; readonly batchesPerShard: number };

/**
 * The events table's stream to both consumers: all readers that DynamoDB Streams allows a shard. A batch
 * that fails is tried again from where it failed, halved, until it is twelve hours old; then the queue is
 * told which records these were.
 */
export class StreamMappings extends Construct {
  /** What was given up, by consumer. */
  readonly failures: readonly Queue[];

  private readonly stream: Stream;

  constructor(scope: Construct, functions: Functions, stream: Stream) {
    super(scope, 'Stream');
    this.stream = stream;
    this.failures = [functions.journal, functions.hotViews].map((reader) => this.map(reader));
  }

  private map(reader: PlayheadFunction): Queue {
    const { arn, batchesPerShard } = this.stream;
    const failures = new Queue(this, `${reader.node.id}-failures`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    accept(failures, 'AwsSolutions-SQS3', 'It is itself where what failed for good goes.');
    const mapping = new EventSourceMapping(this, reader.node.id, {
      target: reader.lambda,
      eventSourceArn: arn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 1_000,
      // By partition key: an aggregate's events are never in two batches at a time.
      parallelizationFactor: batchesPerShard,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: MAX_RECORD_AGE,
      onFailure: new SqsDlq(failures),
    });
    // Lambda looks at the stream by the function's role when the mapping is made.
    mapping.node.addDependency(reader.role);
    return failures;
  }
}
