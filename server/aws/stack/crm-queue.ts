import { CfnOutput, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';

/** So often a message is received before it is moved aside: not by an outage, in which none is received. */
const MOST_RECEIVED = 5;

const ALIKE = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
} as const;

/**
 * Where change events of the CRM are put, by a rule of EventBridge for one. The console's worker reads it; a message
 * that cannot be kept is moved to a queue beside it.
 */
export class CrmQueue extends Construct {
  readonly queue: Queue;
  readonly aside: Queue;

  constructor(scope: Construct) {
    super(scope, 'CrmChanges');
    this.aside = new Queue(this, 'Aside', ALIKE);
    accept(this.aside, 'AwsSolutions-SQS3', 'It is itself where what cannot be kept goes.');
    this.queue = new Queue(this, 'Queue', {
      ...ALIKE,
      // Longer than a batch takes.
      visibilityTimeout: Duration.minutes(2),
      deadLetterQueue: { queue: this.aside, maxReceiveCount: MOST_RECEIVED },
    });
    new CfnOutput(this, 'Arn', { value: this.queue.queueArn });
  }

  /** What its reader needs. */
  toRights(): PolicyStatement {
    return new PolicyStatement({
      actions: ['sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      resources: [this.queue.queueArn],
    });
  }
}
