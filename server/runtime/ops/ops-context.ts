import type { ArchiveStorage } from '../archive/archive-storage.ts';
import type { CommandHandler } from '../commands/command-context.ts';
import type { EventStore } from '../event-store/event-store.ts';
import type { Dynamo } from '../platform/dynamo.ts';
import type { Db } from '../platform/postgres.ts';
import type { Registered } from '../registered.ts';
import type { Outbound } from '../webhooks/outbound.ts';

/** What the commands of the command line work with. */
export type OpsContext = {
  readonly dynamo: Dynamo;
  readonly db: Db;
  readonly store: EventStore;
  readonly handler: CommandHandler;
  readonly registered: Registered;
  readonly now: () => Date;
  /** The running Playhead's address; null when only its databases are there. */
  readonly url: string | null;
  /** Where events are archived; undefined where no archive is set. */
  readonly archive: ArchiveStorage | undefined;
  /** Events older than so many days are archived. */
  readonly archiveAfterDays: number;
  /** For how long the records of commands are kept. */
  readonly commandRetentionDays: number;
  /** SNS and EventBridge, which webhooks may send to; undefined where they are not set. */
  readonly outbound: Outbound | undefined;
  readonly close: () => Promise<void>;
};
