import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { PlayheadFunction } from './playhead-function.ts';

/** What programs may ask together, whoever they are; each token has a limit of its own besides. */
const THROTTLE = { rateLimit: 1_000, burstLimit: 2_000 };

/** The API for programs behind API Gateway. */
export class Api extends Construct {
  readonly http: HttpApi;

  constructor(scope: Construct, { lambda }: PlayheadFunction) {
    super(scope, 'Api');
    this.http = new HttpApi(this, 'Http', { createDefaultStage: false });
    const routes = this.http.addRoutes({
      path: '/api/v1/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Function', lambda),
    });
    for (const route of routes) {
      accept(
        route,
        'AwsSolutions-APIG4',
        'The function itself asks every request for a token and its scope, as the console does.',
      );
    }
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH });
    new HttpStage(this, 'Stage', {
      httpApi: this.http,
      autoDeploy: true,
      throttle: THROTTLE,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(
          JSON.stringify({
            time: '$context.requestTime',
            id: '$context.requestId',
            method: '$context.httpMethod',
            path: '$context.path',
            status: '$context.status',
            milliseconds: '$context.responseLatency',
          }),
        ),
      },
    });
  }
}
