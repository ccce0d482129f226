import { Duration } from 'aws-cdk-lib';
import { Port, SecurityGroup, type Vpc } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FunctionName } from '../bundle-functions.ts';
import { DATABASE_NAME, type Database } from './database.ts';
import { PlayheadFunction } from './playhead-function.ts';
import type { Settings } from './settings.ts';
import { TABLE_PREFIX, type Tables } from './tables.ts';

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const READ_STREAM = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

type Parts = {
  readonly bundles: string;
  readonly settings: Settings;
  readonly tables: Tables;
  readonly database: Database;
  readonly vpc: Vpc;
  /** The names of the views in DynamoDB. */
  readonly hotViews: readonly string[];
};

/** The four functions, and to each of them what it asks of the databases. */
export class Functions extends Construct {
  readonly journal: PlayheadFunction;
  readonly hotViews: PlayheadFunction;
  readonly projections: PlayheadFunction;
  readonly api: PlayheadFunction;

  private readonly parts: Parts;

  constructor(scope: Construct, parts: Parts) {
    super(scope, 'Functions');
    this.parts = parts;
    const { database } = parts;
    this.journal = this.create('stream-to-journal', Duration.minutes(2), database.worker);
    this.hotViews = this.create('stream-to-hot-views', Duration.minutes(2));
    this.projections = this.create('project-journal', Duration.minutes(2), database.worker);
    this.api = this.create('answer-api', Duration.seconds(29), database.web);
    this.grant();
  }

  private create(name: FunctionName, timeout: Duration, secret?: ISecret): PlayheadFunction {
    const { bundles, settings, database, vpc } = this.parts;
    const shared = { TABLE_PREFIX, LOG_LEVEL: settings.logLevel, NODE_ENV: 'production' };
    if (secret === undefined) {
      return new PlayheadFunction(this, name, {
        bundles,
        environment: shared,
        timeout,
        memoryMb: 1_024,
      });
    }
    const group = new SecurityGroup(this, `${name}-group`, { vpc });
    const made = new PlayheadFunction(this, name, {
      bundles,
      environment: {
        ...shared,
        DATABASE_SECRET_ARN: secret.secretArn,
        DATABASE_HOST: database.proxy.endpoint,
        DATABASE_NAME,
      },
      timeout,
      memoryMb: 1_024,
      inside: { vpc, group },
    });
    database.proxy.connections.allowFrom(group, Port.tcp(5_432), `${name} asks PostgreSQL`);
    made.allow(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    return made;
  }

  /** By table, what each function's own code asks for. */
  private grant(): void {
    const { tables, hotViews } = this.parts;
    const { names } = tables;
    const arn = (name: string) => tables.get(name).tableArn;
    const views = hotViews.map((name) => arn(`${TABLE_PREFIX}${name}`));
    const stream = tables.get(names.events).tableStreamArn ?? '';
    for (const reader of [this.journal, this.hotViews]) {
      reader.allow(READ_STREAM, [stream]);
      reader.allow(READ, [arn(names.events)]);
    }
    // The event store's identity, pauses and the hot views' versions are kept beside the leases.
    for (const bound of [this.journal, this.hotViews, this.projections]) {
      bound.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [arn(names.leases)]);
    }
    this.projections.allow(READ, [arn(names.events)]);
    this.hotViews.allow([...READ, 'dynamodb:PutItem'], views);
    this.hotViews.allow([...READ, 'dynamodb:UpdateItem'], [arn(names.deadLetters)]);
    // What a module's commands and resources ask; ConditionCheckItem is that of what was only read.
    this.api.allow(
      [...READ, 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem'],
      [arn(names.events), arn(names.commands), arn(names.eventlessCommands)],
    );
    this.api.allow([...READ, 'dynamodb:BatchWriteItem'], [arn(names.snapshots)]);
    this.api.allow(
      [...READ, 'dynamodb:Scan'],
      [...views, arn(names.deadLetters), arn(names.leases), arn(names.workers)],
    );
  }
}
