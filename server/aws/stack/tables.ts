import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { toTableNames } from '#server/runtime/platform/table-names.ts';
import {
  type HotTable,
  type TableSpec,
  toTableSpecs,
} from '#server/runtime/platform/table-specs.ts';

export const TABLE_PREFIX = 'playhead-';

/** The DynamoDB tables, as the runtime itself would create them (`toTableSpecs`). */
export class Tables extends Construct {
  readonly names = toTableNames(TABLE_PREFIX);
  readonly all: readonly Table[];
  private readonly byName: ReadonlyMap<string, Table>;

  constructor(scope: Construct, hotViews: readonly HotTable[]) {
    super(scope, 'Tables');
    const specs = toTableSpecs(this.names, hotViews);
    this.byName = new Map(specs.map((spec) => [spec.name, this.create(spec)]));
    this.all = [...this.byName.values()];
  }

  /** A table by its whole name. Throws where there is none. */
  get(name: string): Table {
    const table = this.byName.get(name);
    if (table === undefined) {
      throw new Error(`There is no table ${name}.`);
    }
    return table;
  }

  private create({ name, partitionKey, sortKey, stream, expiresAt, isTruth }: TableSpec): Table {
    const toAttribute = (key: TableSpec['partitionKey']) => ({
      name: key.name,
      type: key.type === 'S' ? AttributeType.STRING : AttributeType.NUMBER,
    });
    return new Table(this, name.slice(TABLE_PREFIX.length), {
      tableName: name,
      partitionKey: toAttribute(partitionKey),
      ...(sortKey && { sortKey: toAttribute(sortKey) }),
      ...(stream && { stream: StreamViewType.NEW_IMAGE }),
      ...(expiresAt !== undefined && { timeToLiveAttribute: expiresAt }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isTruth === true,
      // What is read from the events is made again from them.
      removalPolicy: isTruth === true ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
