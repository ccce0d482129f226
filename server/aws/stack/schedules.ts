import { CfnElement, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { PlayheadFunction } from './playhead-function.ts';

/** What is done by the clock: the views come to the journal's end, and the events go to an archive. */
export class Schedules extends Construct {
  constructor(scope: Construct, projections: PlayheadFunction, events: Table, logs: Bucket) {
    super(scope, 'Schedules');
    this.runEveryMinute(projections);
    this.exportEveryWeek(events, this.createArchive(logs));
  }

  private runEveryMinute({ lambda }: PlayheadFunction): void {
    const role = this.createRole('Runner', [
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [lambda.functionArn],
      }),
    ]);
    new Schedule(this, 'EveryMinute', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      // The next minute brings the next run. By itself the target would ask for every version's rights.
      target: new LambdaInvoke(lambda, { role: role.withoutPolicyUpdates(), retryAttempts: 0 }),
    });
  }

  /** The whole table as it is then, beside the 35 days to any moment of which it can be restored. */
  private exportEveryWeek(events: Table, archive: Bucket): void {
    const role = this.createRole('Exporter', [
      new PolicyStatement({
        actions: ['dynamodb:ExportTableToPointInTime'],
        resources: [events.tableArn],
      }),
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
        resources: [archive.arnForObjects('*')],
      }),
    ]);
    accept(
      role,
      `AwsSolutions-IAM5[Resource::<${logicalIdOf(archive)}.Arn>/*]`,
      'DynamoDB names the objects of an export itself; the bucket holds nothing else.',
    );
    new Schedule(this, 'EveryWeek', {
      schedule: ScheduleExpression.cron({ weekDay: 'SUN', hour: '3', minute: '0' }),
      target: new Universal({
        service: 'dynamodb',
        action: 'exportTableToPointInTime',
        role: role.withoutPolicyUpdates(),
        input: ScheduleTargetInput.fromObject({
          TableArn: events.tableArn,
          S3Bucket: archive.bucketName,
          ExportFormat: 'DYNAMODB_JSON',
        }),
      }),
    });
  }

  private createArchive(logs: Bucket): Bucket {
    return new Bucket(this, 'Archive', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'archive/',
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          transitions: [
            {
              storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
              transitionAfter: Duration.days(1),
            },
          ],
          expiration: Duration.days(400),
        },
      ],
    });
  }

  private createRole(id: string, statements: readonly PolicyStatement[]): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    for (const statement of statements) {
      role.addToPolicy(statement);
    }
    return role;
  }
}

function logicalIdOf(construct: Construct): string {
  const { defaultChild } = construct.node;
  return CfnElement.isCfnElement(defaultChild)
    ? `${Stack.of(construct).resolve(defaultChild.logicalId)}`
    : '';
}
