import { join } from 'node:path';
import { type Duration, Stack } from 'aws-cdk-lib';
import { type SecurityGroup, SubnetType, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../bundle-functions.ts';
import { accept } from './accept.ts';

type FunctionProps = {
  /** Where the bundles are, a directory for each function. */
  readonly bundles: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  readonly memoryMb: number;
  /** For those that ask PostgreSQL. */
  readonly inside?: { readonly vpc: Vpc; readonly group: SecurityGroup };
};

const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** A bundled function with a role of its own, which may write its own log and nothing else. */
export class PlayheadFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logs: LogGroup;

  constructor(scope: Construct, name: FunctionName, props: FunctionProps) {
    super(scope, name);
    this.name = name;
    const { bundles, environment, timeout, memoryMb, inside } = props;
    this.logs = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logs.grantWrite(this.role);
    if (inside !== undefined) {
      this.allowNetworkInterfaces();
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: `playhead-${name}`,
      code: Code.fromAsset(join(bundles, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.role,
      logGroup: this.logs,
      environment,
      timeout,
      memorySize: memoryMb,
      ...(inside && {
        vpc: inside.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        securityGroups: [inside.group],
      }),
    });
  }

  /** Lets the function do this with these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    const statement = { effect: Effect.ALLOW, actions: [...actions], resources: [...resources] };
    this.role.addToPolicy(new PolicyStatement(statement));
  }

  private allowNetworkInterfaces(): void {
    const { region, account, partition } = Stack.of(this);
    this.allow(NETWORK_INTERFACES, ['*']);
    // Lambda itself makes the interfaces; the code that it runs may not.
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: NETWORK_INTERFACES,
        resources: ['*'],
        conditions: {
          ArnLike: {
            'lambda:SourceFunctionArn': `arn:${partition}:lambda:${region}:${account}:function:playhead-*`,
          },
        },
      }),
    );
    accept(
      this.role,
      'AwsSolutions-IAM5[Resource::*]',
      'EC2 knows no resource for a network interface that does not exist yet; a denial beside it keeps the function’s own code from it.',
    );
  }
}
