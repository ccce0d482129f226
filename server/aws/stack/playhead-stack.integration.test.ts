import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toTableNames } from '#server/runtime/platform/table-names.ts';
import { toTableSpecs } from '#server/runtime/platform/table-specs.ts';
import { FULL_REGISTRY } from '#server/testing/registry.ts';
import { FUNCTIONS } from '../bundle-functions.ts';
import { PlayheadStack } from './playhead-stack.ts';
import { readSettings } from './settings.ts';

const SETTINGS: Readonly<Record<string, string>> = {
  region: 'eu-central-1',
  alarmEmail: 'operations@example.com',
  consoleHost: 'playhead.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  logLevel: 'debug',
};
const TABLES = toTableSpecs(toTableNames('playhead-'), FULL_REGISTRY.hotViews);

const directory = await mkdtemp(join(tmpdir(), 'playhead-synth-'));
let template: Template;

beforeAll(async () => {
  for (const name of FUNCTIONS) {
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'index.mjs'), `// ${name}`);
  }
  const app = new App({ outdir: join(directory, 'cdk.out') });
  // What it finds, and nobody has accepted, fails the synthesis.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const settings = readSettings((name) => SETTINGS[name]);
  const stack = new PlayheadStack(app, { settings, bundles: directory, registry: FULL_REGISTRY });
  app.synth();
  template = Template.fromStack(stack);
});

afterAll(() => rm(directory, { recursive: true }));

const statementsSchema = z.array(
  z.object({
    Effect: z.enum(['Allow', 'Deny']),
    Action: z.union([z.string(), z.array(z.string())]),
    Resource: z.unknown(),
  }),
);

/** What a function or a task is allowed, as `action on resource`, by a part of its role's logical id. */
function rightsOf(role: string): string[] {
  const policies = template.findResources('AWS::IAM::Policy');
  return Object.entries(policies)
    .filter(([id]) => id.includes(role))
    .flatMap(([, { Properties }]) =>
      statementsSchema
        .parse(Properties.PolicyDocument.Statement)
        .flatMap((statement) =>
          [statement.Action]
            .flat()
            .flatMap((action) =>
              [statement.Resource].flat().map((resource) => ({ ...statement, action, resource })),
            ),
        ),
    )
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ action, resource }) => `${action} on ${toName(resource)}`);
}

/** A resource's own part of its logical id: without where it is, and without a checksum. */
function toName(resource: unknown): string {
  const text = JSON.stringify(resource).replaceAll(/[A-F0-9]{8}/g, '');
  return /"(?:Tables|Database|Stream|Functions)(\w+)"/.exec(text)?.[1] ?? text;
}

it('has every table that the runtime knows, as it would create it itself', () => {
  template.resourceCountIs('AWS::DynamoDB::Table', TABLES.length);
  for (const { name, partitionKey, sortKey, expiresAt, stream, isTruth } of TABLES) {
    const keys = [
      { AttributeName: partitionKey.name, KeyType: 'HASH' },
      ...(sortKey ? [{ AttributeName: sortKey.name, KeyType: 'RANGE' }] : []),
    ];
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: isTruth ? 'Retain' : 'Delete',
      Properties: {
        TableName: name,
        KeySchema: keys,
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: isTruth === true,
        StreamSpecification: stream ? { StreamViewType: 'NEW_IMAGE' } : Match.absent(),
        TimeToLiveSpecification:
          expiresAt === undefined ? Match.absent() : { AttributeName: expiresAt, Enabled: true },
      },
    });
  }
});

it('maps the stream to both consumers, each with a queue for what it gives up', () => {
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
  template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 1_000,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('events'), 'StreamArn'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRecordAgeInSeconds: 43_200,
    MaximumRetryAttempts: Match.absent(),
    ParallelizationFactor: 2,
    StartingPosition: 'TRIM_HORIZON',
  });
});

it('starts each function from its bundle, with a role, a log and the level of its log', () => {
  const roles = FUNCTIONS.map((name) => {
    const [found = expect.fail()] = Object.values(
      template.findResources('AWS::Lambda::Function', {
        Properties: {
          FunctionName: `playhead-${name}`,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Environment: { Variables: { LOG_LEVEL: 'debug', TABLE_PREFIX: 'playhead-' } },
        },
      }),
    );
    return JSON.stringify(found.Properties.Role);
  });
  expect(new Set(roles).size).toBe(FUNCTIONS.length);
  const texts = JSON.stringify(template.toJSON());
  expect(texts).not.toMatch(/"Default":"[^"]*password/i);
  expect(texts).not.toContain('resolve:secretsmanager:playhead');
});

describe('rights', () => {
  it('of the function to the journal are to read the stream and the events, and to bind', () => {
    const rights = rightsOf('streamtojournal').filter((right) => !/^(ec2|logs):/.test(right));
    expect(rights.sort()).toEqual([
      'dynamodb:DescribeStream on events',
      'dynamodb:GetItem on events',
      'dynamodb:GetItem on leases',
      'dynamodb:GetRecords on events',
      'dynamodb:GetShardIterator on events',
      'dynamodb:PutItem on leases',
      'dynamodb:Query on events',
      'secretsmanager:GetSecretValue on Worker',
      'sqs:GetQueueAttributes on streamtojournalfailures',
      'sqs:GetQueueUrl on streamtojournalfailures',
      'sqs:SendMessage on streamtojournalfailures',
    ]);
  });

  it('let only the API and the console write events, and nobody rewrite one', () => {
    const writing = /^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem) on events$/;
    const writers = [...FUNCTIONS].filter((name) =>
      rightsOf(name.replaceAll('-', '')).some((right) => writing.test(right)),
    );
    expect(writers).toEqual(['answer-api']);
    expect(rightsOf('answerapi').filter((right) => writing.test(right))).toEqual([
      'dynamodb:PutItem on events',
    ]);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('events'), 'Arn'] },
          }),
        ]),
      },
    });
  });

  it('are for no action of all, and of no role of AWS’s', () => {
    const actions = FUNCTIONS.flatMap((name) => rightsOf(name.replaceAll('-', '')));
    expect(actions.filter((right) => /^(\*|\w+:\*)/.test(right))).toEqual([]);
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    const managed = roles.filter(({ Properties }) => Properties.ManagedPolicyArns !== undefined);
    expect(managed).toEqual([]);
  });
});

it('keeps PostgreSQL to itself, encrypted, in two zones, with a proxy that wants TLS', () => {
  template.hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Retain',
    Properties: {
      MultiAZ: true,
      StorageEncrypted: true,
      DeletionProtection: true,
      PubliclyAccessible: false,
      BackupRetentionPeriod: 14,
    },
  });
  template.hasResourceProperties('AWS::RDS::DBProxy', { RequireTLS: true });
});

it('runs the console with a worker that leaves the stream alone, behind HTTPS', () => {
  const environment = [
    { Name: 'STREAM_CONSUMERS', Value: 'elsewhere' },
    { Name: 'PLAYHEAD_HOSTS', Value: 'playhead.example.com' },
    { Name: 'LOG_LEVEL', Value: 'debug' },
  ];
  for (const setting of environment) {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({ Name: 'playhead', Environment: Match.arrayWith([setting]) }),
      ]),
    });
  }
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    HealthCheckPath: '/balancer/health',
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({
        Name: 'proxy',
        // Not /api/health, which fails with a database: nobody needs another container then.
        Environment: [{ Name: 'PROXY', Value: Match.stringLikeRegexp('3000/icon\\.svg;') }],
      }),
    ]),
  });
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'HTTPS' });
});

it('has a queue for the CRM’s changes, which the console may read and nobody else', () => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    VisibilityTimeout: 120,
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: Match.objectLike({}) },
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: Match.arrayWith([
      Match.objectLike({
        Environment: Match.arrayWith([
          {
            Name: 'PLAYHEAD_QUEUES',
            Value: { 'Fn::Join': ['', ['crm=', { Ref: Match.stringLikeRegexp('CrmChanges') }]] },
          },
        ]),
      }),
    ]),
  });
  const ofConsole = rightsOf('ConsoleTask').filter((right) => right.includes('CrmChanges'));
  expect(ofConsole.map((right) => right.split(' ', 1)[0]).sort()).toEqual([
    'sqs:DeleteMessage',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
  ]);
  const ofFunctions = FUNCTIONS.flatMap((name) => rightsOf(name.replaceAll('-', '')));
  expect(ofFunctions.filter((right) => right.includes('CrmChanges'))).toEqual([]);
});

it('does by the clock what is to be done every minute and every week', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(1 minute)',
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { Arn: Match.objectLike({}), Input: Match.objectLike({}) },
    ScheduleExpression: 'cron(0 3 ? * SUN *)',
  });
});

it('tells people of lag, errors, throttles and what was given up', () => {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  const names = alarms.map(({ Properties }) => `${Properties.AlarmName}`);
  for (const name of FUNCTIONS) {
    expect(names).toContain(`playhead-${name}-errors`);
    expect(names).toContain(`playhead-${name}-throttles`);
    expect(names).toContain(`playhead-${name}-error-lines`);
  }
  for (const reader of ['stream-to-journal', 'stream-to-hot-views']) {
    expect(names).toContain(`playhead-${reader}-lag`);
    expect(names).toContain(`playhead-${reader}-given-up`);
  }
  expect(names).toEqual(
    expect.arrayContaining(['playhead-crm-queue-lag', 'playhead-crm-queue-aside']),
  );
  expect(alarms.every(({ Properties }) => Properties.AlarmActions.length === 1)).toBe(true);
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
        }),
      ]),
    },
  });
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

it('refuses settings that are missing or wrong, by their names', () => {
  expect(() => readSettings(() => undefined)).toThrow('consoleHost');
  expect(() => readSettings((name) => ({ ...SETTINGS, logLevel: 'loud' })[name])).toThrow(
    'logLevel',
  );
});
