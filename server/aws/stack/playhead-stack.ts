import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Registry } from '#server/runtime/registry.ts';
import { accept } from './accept.ts';
import { Api } from './api.ts';
import { Console } from './console.ts';
import { CrmQueue } from './crm-queue.ts';
import { Database } from './database.ts';
import { Functions } from './functions.ts';
import { Network } from './network.ts';
import { Schedules } from './schedules.ts';
import type { Settings } from './settings.ts';
import { StreamMappings } from './stream-mappings.ts';
import { Tables } from './tables.ts';
import { Watch } from './watch.ts';

type StackProps = {
  readonly settings: Settings;
  /** Where the functions' bundles are. */
  readonly bundles: string;
  readonly registry: Pick<Registry, 'hotViews'>;
};

/** Everything that Playhead is on AWS, of one account and region. */
export class PlayheadStack extends Stack {
  constructor(scope: Construct, { settings, bundles, registry }: StackProps) {
    super(scope, 'Playhead', { env: { region: settings.region } });
    const { hotViews } = registry;
    const tables = new Tables(this, hotViews);
    const events = tables.get(tables.names.events);
    const { vpc } = new Network(this);
    const database = new Database(this, vpc);
    const logs = this.createLogBucket();
    const functions = new Functions(this, {
      bundles,
      settings,
      tables,
      database,
      vpc,
      hotViews: hotViews.map(({ name }) => name),
    });
    const { failures } = new StreamMappings(this, functions, {
      arn: events.tableStreamArn ?? '',
      batchesPerShard: settings.batchesPerShard,
    });
    new Schedules(this, functions.projections, events, logs);
    const api = new Api(this, functions.api);
    const crmQueue = new CrmQueue(this);
    const console = new Console(this, { settings, tables, database, vpc, crmQueue, logs });
    const email = settings.alarmEmail;
    new Watch(this, { functions, failures, api: api.http, database, console, crmQueue, email });
    new CfnOutput(this, 'ConsoleTarget', {
      description: `Point ${settings.consoleHost} at this name (CNAME or alias)`,
      value: console.balancer.loadBalancerDnsName,
    });
    new CfnOutput(this, 'ApiAddress', { value: `${api.http.apiEndpoint}/api/v1` });
  }

  private createLogBucket(): Bucket {
    const bucket = new Bucket(this, 'AccessLogs', {
      // The load balancer can write to no other encryption.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(
      bucket,
      'AwsSolutions-S1',
      'It is where the logs of access go: its own would never end.',
    );
    return bucket;
  }
}
