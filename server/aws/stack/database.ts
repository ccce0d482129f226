import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  InstanceClass,
  InstanceSize,
  InstanceType,
  SecurityGroup,
  SubnetType,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseProxy,
  PostgresEngineVersion,
  ProxyTarget,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ROLES } from '../console-settings.ts';
import { accept } from './accept.ts';

export const DATABASE_NAME = 'playhead';

/**
 * PostgreSQL in two zones with a role for each process (`grantRoles`), and the RDS Proxy in front of it for
 * the functions, of which there may be many. The container connects to PostgreSQL itself: it listens for
 * notifications, which a proxy gives no connection of many for.
 */
export class Database extends Construct {
  readonly instance: DatabaseInstance;
  readonly proxy: DatabaseProxy;
  readonly owner: Secret;
  readonly web: Secret;
  readonly worker: Secret;

  constructor(scope: Construct, vpc: Vpc) {
    super(scope, 'Database');
    this.owner = this.createSecret('Owner', ROLES.owner);
    this.web = this.createSecret('Web', ROLES.web);
    this.worker = this.createSecret('Worker', ROLES.worker);
    this.instance = new DatabaseInstance(this, 'Instance', {
      engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_18 }),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.MEDIUM),
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      credentials: Credentials.fromSecret(this.owner),
      databaseName: DATABASE_NAME,
      multiAz: true,
      storageEncrypted: true,
      allocatedStorage: 50,
      maxAllocatedStorage: 500,
      backupRetention: Duration.days(14),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      cloudwatchLogsExports: ['postgresql'],
      autoMinorVersionUpgrade: true,
    });
    const inFront = new SecurityGroup(this, 'ProxyGroup', { vpc, allowAllOutbound: false });
    this.proxy = new DatabaseProxy(this, 'Proxy', {
      proxyTarget: ProxyTarget.fromInstance(this.instance),
      secrets: [this.web, this.worker],
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [inFront],
      requireTLS: true,
    });
    inFront.connections.allowToDefaultPort(this.instance, 'The proxy asks PostgreSQL');
    accept(
      this.instance,
      'AwsSolutions-RDS11',
      'Only the named security groups reach the port; another number would hide nothing from them.',
    );
  }

  private createSecret(id: string, username: string): Secret {
    const secret = new Secret(this, id, {
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username }),
        generateStringKey: 'password',
        // They are put into URLs.
        excludePunctuation: true,
        passwordLength: 40,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(
      secret,
      'AwsSolutions-SMG4',
      'Processes read it when they start: docs/deploy.md says how it is changed, which restarts them.',
    );
    return secret;
  }
}
