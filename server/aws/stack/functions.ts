import { Duration } from 'aws-cdk-lib';
import { Port, SecurityGroup, type Vpc } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FunctionName } from '../bundle-functions.ts';
import { FUNCTION_RIGHTS } from '../function-rights.ts';
import { DATABASE_NAME, type Database } from './database.ts';
import { PlayheadFunction } from './playhead-function.ts';
import type { Settings } from './settings.ts';
import { TABLE_PREFIX, type Tables } from './tables.ts';

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

  private grant(): void {
    const { tables, hotViews } = this.parts;
    const stream = tables.get(tables.names.events).tableStreamArn ?? '';
    for (const made of [this.journal, this.hotViews, this.projections, this.api]) {
      for (const [table, actions] of Object.entries(FUNCTION_RIGHTS[made.name])) {
        const names = table === 'hot-views' ? hotViews : [table];
        made.allow(
          actions.map((action) => `dynamodb:${action}`),
          names.map((name) => tables.get(`${TABLE_PREFIX}${name}`).tableArn),
        );
      }
    }
    // The API tells of lag, for which it looks into the stream.
    for (const reader of [this.journal, this.hotViews, this.api]) {
      reader.allow(READ_STREAM, [stream]);
    }
  }
}
