import { join } from 'node:path';
import { Duration, IgnoreMode, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Port, SecurityGroup, SubnetType, type Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  Secret as EcsSecret,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { CrmQueue } from './crm-queue.ts';
import { DATABASE_NAME, type Database } from './database.ts';
import type { Settings } from './settings.ts';
import { TABLE_PREFIX, type Tables } from './tables.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What of the repository is no part of the image. */
const NOT_COPIED = ['*', '!app', '!components', '!lib', '!server', '!package.json'].concat(
  ['!package-lock.json', '!.npmrc', '!tsconfig.json', '!next.config.ts'],
  [
    'server/aws/stack',
    'server/aws/main.ts',
    '**/*.test.ts',
    'server/testing',
    'server/bench',
    'server/chaos',
  ],
);

const PROXY_PORT = 8_080;

/**
 * nginx in the same task: the web server listens on the loopback alone. The load balancer's own question
 * after its health names no host that the web server serves. It is answered where the server answers at all:
 * the console goes on, and says so, while a database is down, so /api/health would have it replaced.
 */
const PROXY = `
worker_processes 1;
pid /tmp/nginx.pid;
events {}
http {
  access_log off;
  client_max_body_size 2m;
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_read_timeout 120s;
  server {
    listen ${PROXY_PORT};
    location = /balancer/health {
      proxy_set_header Host localhost:3000;
      proxy_pass http://127.0.0.1:3000/icon.svg;
    }
    location / {
      proxy_set_header Host $http_host;
      proxy_pass http://127.0.0.1:3000;
    }
  }
}`;

type Parts = {
  readonly settings: Settings;
  readonly tables: Tables;
  readonly database: Database;
  readonly vpc: Vpc;
  readonly crmQueue: CrmQueue;
  /** For the load balancer's. */
  readonly logs: Bucket;
};

/**
 * The console: the web server and a worker in one container, behind a load balancer with TLS. The worker
 * leaves the stream to the functions, and does what takes longer than a function may: rebuilds, what
 * operators ask for, webhooks, the CRM's queue; it brings the views up to the journal as soon as it grows.
 */
export class Console extends Construct {
  readonly service: FargateService;
  readonly balancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;

  private readonly parts: Parts;

  constructor(scope: Construct, parts: Parts) {
    super(scope, 'Console');
    this.parts = parts;
    const { vpc, database, settings, logs } = parts;
    const task = this.createTask();
    const group = new SecurityGroup(this, 'Group', { vpc });
    this.service = new FargateService(this, 'Service', {
      cluster: new Cluster(this, 'Cluster', {
        vpc,
        containerInsightsV2: ContainerInsights.ENABLED,
      }),
      taskDefinition: task,
      // Two would be right as well: workers share the work by claims.
      desiredCount: 1,
      minHealthyPercent: 100,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [group],
      circuitBreaker: { rollback: true },
      // For the command line (docs/deploy.md).
      enableExecuteCommand: true,
      // Migrations and the first look at both databases.
      healthCheckGracePeriod: Duration.minutes(5),
    });
    database.instance.connections.allowDefaultPortFrom(group, 'The console asks PostgreSQL');
    this.balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc,
      internetFacing: true,
      deletionProtection: true,
      dropInvalidHeaderFields: true,
      // Longer than the live stream's silence.
      idleTimeout: Duration.minutes(2),
    });
    this.balancer.logAccessLogs(logs, 'balancer');
    this.targets = this.balancer
      .addListener('Https', {
        port: 443,
        protocol: ApplicationProtocol.HTTPS,
        sslPolicy: SslPolicy.RECOMMENDED_TLS,
        certificates: [
          Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn),
        ],
      })
      .addTargets('Web', {
        port: PROXY_PORT,
        protocol: ApplicationProtocol.HTTP,
        targets: [
          this.service.loadBalancerTarget({ containerName: 'proxy', containerPort: PROXY_PORT }),
        ],
        healthCheck: { path: '/balancer/health' },
        deregistrationDelay: Duration.seconds(15),
      });
    this.service.connections.allowFrom(this.balancer, Port.tcp(PROXY_PORT), 'From the balancer');
    accept(
      this.balancer,
      'AwsSolutions-EC23',
      'It is the console’s door: HTTPS alone, and nobody sees anything before they have signed in.',
    );
  }

  private createTask(): FargateTaskDefinition {
    const { settings, database, crmQueue } = this.parts;
    const task = new FargateTaskDefinition(this, 'Task', {
      cpu: 1_024,
      memoryLimitMiB: 3_072,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const passwordOf = (secret: ISecret) => EcsSecret.fromSecretsManager(secret, 'password');
    task.addContainer('playhead', {
      image: ContainerImage.fromAsset(ROOT, {
        file: 'server/aws/Dockerfile',
        exclude: NOT_COPIED,
        ignoreMode: IgnoreMode.DOCKER,
      }),
      environment: {
        LOG_LEVEL: settings.logLevel,
        TABLE_PREFIX,
        AWS_REGION: Stack.of(this).region,
        STREAM_CONSUMERS: 'elsewhere',
        PLAYHEAD_QUEUES: `crm=${crmQueue.queue.queueUrl}`,
        PLAYHEAD_HOSTS: settings.consoleHost,
        DATABASE_HOST: database.instance.dbInstanceEndpointAddress,
        DATABASE_PORT: database.instance.dbInstanceEndpointPort,
        DATABASE_NAME,
      },
      secrets: {
        OWNER_PASSWORD: passwordOf(database.owner),
        WEB_PASSWORD: passwordOf(database.web),
        WORKER_PASSWORD: passwordOf(database.worker),
      },
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'playhead' }),
      stopTimeout: Duration.seconds(60),
    });
    task.addContainer('proxy', {
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29-alpine'),
      environment: { PROXY },
      entryPoint: ['sh', '-c'],
      command: [
        'printenv PROXY > /tmp/nginx.conf && exec nginx -c /tmp/nginx.conf -g "daemon off;"',
      ],
      portMappings: [{ containerPort: PROXY_PORT }],
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'proxy' }),
    });
    accept(
      task,
      'AwsSolutions-ECS2',
      'These are names and addresses; the three passwords come from Secrets Manager.',
    );
    accept(
      task.taskRole,
      'AwsSolutions-IAM5[Resource::*]',
      'A session of ECS Exec, by which operators reach the command line, is no resource of IAM.',
    );
    accept(
      task.obtainExecutionRole(),
      'AwsSolutions-IAM5[Resource::*]',
      'ECR gives its token for no repository in particular.',
    );
    this.grant(task);
    return task;
  }

  private grant(task: FargateTaskDefinition): void {
    const { tables, crmQueue } = this.parts;
    const { names } = tables;
    task.addToTaskRolePolicy(crmQueue.toRights());
    task.addToTaskRolePolicy(
      new PolicyStatement({
        actions: [
          ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem'],
          ...['BatchWriteItem', 'ConditionCheckItem', 'DescribeTable'],
          ...['DescribeTimeToLive', 'DescribeContinuousBackups'],
        ].map((action) => `dynamodb:${action}`),
        resources: tables.all.map(({ tableArn }) => tableArn),
      }),
    );
    // Nobody rewrites or removes an event: what is written is new, and the newest of its aggregate.
    task.addToTaskRolePolicy(
      PolicyStatement.fromJson({
        Effect: 'Deny',
        Action: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        Resource: tables.get(names.events).tableArn,
      }),
    );
    // To count what waits in the stream.
    task.addToTaskRolePolicy(
      new PolicyStatement({
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator'].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: [tables.get(names.events).tableStreamArn ?? ''],
      }),
    );
  }
}
