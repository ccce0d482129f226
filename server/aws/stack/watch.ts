import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Console } from './console.ts';
import type { CrmQueue } from './crm-queue.ts';
import type { Database } from './database.ts';
import type { Functions } from './functions.ts';
import type { PlayheadFunction } from './playhead-function.ts';

type Watched = {
  readonly functions: Functions;
  readonly failures: readonly Queue[];
  readonly api: HttpApi;
  readonly database: Database;
  readonly console: Console;
  readonly crmQueue: CrmQueue;
  readonly email: string;
};

type Limit = {
  readonly over: number;
  /** How many minutes in a row; one where not said otherwise. */
  readonly minutes?: number;
  readonly comparison?: ComparisonOperator;
};

const period = Duration.minutes(1);
const SUM = { period, statistic: 'Sum' };
const MAX = { period, statistic: 'Maximum' };
const GIGABYTE = 1_000_000_000;

/** Alarms, of which people are told, and one page of what they are about. */
export class Watch extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, watched: Watched) {
    super(scope, 'Watch');
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(watched.email));
    this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const { journal, hotViews, projections, api } = watched.functions;
    const readers = [journal, hotViews];
    const all = [...readers, projections, api];
    const lambdas = all.map(({ lambda }) => lambda);
    const lag = readers.map(({ lambda }) => lambda.metric('IteratorAge', MAX));
    for (const [index, metric] of lag.entries()) {
      this.alarm(`${readers[index]?.node.id}-lag`, metric, { over: 60_000, minutes: 3 });
    }
    const troubles = all.map((each) => this.countErrorLines(each));
    for (const [index, { node, lambda }] of all.entries()) {
      this.alarm(`${node.id}-errors`, lambda.metricErrors(SUM), { over: 0, minutes: 3 });
      this.alarm(`${node.id}-throttles`, lambda.metricThrottles(SUM), { over: 0, minutes: 3 });
      const lines = troubles[index];
      if (lines !== undefined) {
        this.alarm(`${node.id}-error-lines`, lines, { over: 0, minutes: 3 });
      }
    }
    const given = watched.failures.map((queue) =>
      queue.metricApproximateNumberOfMessagesVisible(MAX),
    );
    for (const [index, metric] of given.entries()) {
      this.alarm(`${readers[index]?.node.id}-given-up`, metric, { over: 0 });
    }
    this.alarm('api-errors', watched.api.metricServerError(SUM), { over: 0, minutes: 3 });
    const unhealthy = watched.console.targets.metrics.unhealthyHostCount(MAX);
    this.alarm('console-unhealthy', unhealthy, { over: 0, minutes: 3 });
    const { queue, aside } = watched.crmQueue;
    const waiting = queue.metricApproximateAgeOfOldestMessage(MAX);
    this.alarm('crm-queue-lag', waiting, { over: 300, minutes: 3 });
    const moved = aside.metricApproximateNumberOfMessagesVisible(MAX);
    this.alarm('crm-queue-aside', moved, { over: 0 });
    const { instance } = watched.database;
    this.alarm('database-busy', instance.metricCPUUtilization({ period }), {
      over: 80,
      minutes: 10,
    });
    this.alarm('database-full', instance.metricFreeStorageSpace({ period, statistic: 'Minimum' }), {
      over: 10 * GIGABYTE,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    });
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    const of = (metric: (lambda: LambdaFunction) => IMetric) => lambdas.map(metric);
    new Dashboard(this, 'Dashboard', {
      dashboardName: 'playhead',
      widgets: [
        [graph('Lag of the stream (ms)', lag), graph('Given up by the stream', given)],
        [
          graph(
            'Errors',
            of((lambda) => lambda.metricErrors(SUM)),
          ),
          graph(
            'Throttles',
            of((lambda) => lambda.metricThrottles(SUM)),
          ),
        ],
        [
          graph('Lines of errors in logs', troubles),
          graph(
            'Invocations',
            of((lambda) => lambda.metricInvocations(SUM)),
          ),
        ],
        [
          graph(
            'Duration, 99th percentile',
            of((lambda) => lambda.metricDuration({ period, statistic: 'p99' })),
          ),
          graph('API: requests, failures', [
            watched.api.metricCount(SUM),
            watched.api.metricClientError(SUM),
            watched.api.metricServerError(SUM),
          ]),
        ],
        [
          graph('PostgreSQL: CPU (%)', [instance.metricCPUUtilization({ period })]),
          graph('PostgreSQL: connections', [instance.metricDatabaseConnections({ period })]),
        ],
      ],
    });
  }

  /** A batch that is retried is no error of its function for Lambda: the log tells of it. */
  private countErrorLines({ node, logs }: PlayheadFunction): Metric {
    const filter = new MetricFilter(this, `${node.id}-lines`, {
      logGroup: logs,
      filterPattern: FilterPattern.numberValue('$.level', '>=', 50),
      metricNamespace: 'Playhead',
      metricName: `${node.id}-error-lines`,
    });
    return filter.metric(SUM);
  }

  private alarm(id: string, metric: Metric, { over, minutes = 1, comparison }: Limit): void {
    metric
      .createAlarm(this, id, {
        alarmName: `playhead-${id}`,
        threshold: over,
        comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: minutes,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      })
      .addAlarmAction(new SnsAction(this.topic));
  }
}
