import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PlayheadError } from '#lib/playhead-error.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import {
  type EventlessCommand,
  type EventlessNote,
  toMonth,
  toPlace,
} from './eventless-command.ts';

/** A flood of refusals must not double what is written: so many are kept in a second, of one process. */
const MOST_PER_SECOND = 20;

/** So many writes may be under way; a DynamoDB that hangs collects no more. */
const MOST_UNDER_WAY = 40;

/** No sentence needs more, and none may bring a payload in whole. */
const MAX_SENTENCE = 500;
const MAX_COMMAND_ID = 200;

/** Longer than this nothing is kept, whatever the retention of commands' records. */
const MAX_DAYS = 400;

/** Keeps the commands that left no event, in the background. */
export type EventlessLog = {
  /** Never throws, and nobody waits for it. */
  readonly keep: (note: EventlessNote) => void;
  /** The same for a command that failed; failures that are no refusal are left out. */
  readonly keepRefusal: (
    about: Omit<EventlessNote, 'outcome' | 'code' | 'sentence' | 'field'>,
    error: PlayheadError,
  ) => void;
  /** Resolves when nothing is being written any more. */
  readonly flush: () => Promise<void>;
};

type LogDeps = {
  readonly dynamo: Pick<Dynamo, 'documents' | 'tables'>;
  readonly now: () => Date;
  /** For how long the records of commands are kept. */
  readonly retentionDays: number;
  /** The modules' rejections, by code. */
  readonly rejections: ReadonlyMap<string, unknown>;
  /** Hears of the first write that fails after one that did not. */
  readonly onError: (error: unknown) => void;
};

/** For how many days commands without events are kept. */
export function toKeptDays(retentionDays: number): number {
  return Math.min(retentionDays, MAX_DAYS);
}

/**
 * Creates the log. Each command is written once, without another attempt: it is worth less than the
 * command's own answer. What could not be kept is counted in the next one that is.
 */
export function createEventlessLog(deps: LogDeps): EventlessLog {
  const { dynamo, now, retentionDays, rejections, onError } = deps;
  const writes = new Set<Promise<void>>();
  let second = 0;
  let inSecond = 0;
  let missed = 0;

  async function write(item: EventlessCommand) {
    const expiresAt = Math.ceil(Date.parse(item.at) / 1_000) + toKeptDays(retentionDays) * 86_400;
    try {
      await dynamo.documents.send(
        new PutCommand({
          TableName: dynamo.tables.eventlessCommands,
          Item: { ...item, expiresAt },
        }),
      );
    } catch (error) {
      if (missed === 0) {
        onError(error);
      }
      missed += 1 + item.missed;
    }
  }

  function keep(note: EventlessNote) {
    const at = now().toISOString();
    const thisSecond = Math.floor(Date.parse(at) / 1_000);
    if (thisSecond !== second) {
      second = thisSecond;
      inSecond = 0;
    }
    if (inSecond >= MOST_PER_SECOND || writes.size >= MOST_UNDER_WAY) {
      missed += 1;
      return;
    }
    inSecond += 1;
    const written = write({
      ...note,
      commandId: note.commandId.slice(0, MAX_COMMAND_ID),
      sentence: note.sentence?.slice(0, MAX_SENTENCE) ?? null,
      month: toMonth(at),
      place: toPlace(at),
      at,
      missed,
    }).finally(() => writes.delete(written));
    missed = 0;
    writes.add(written);
  }

  return {
    keep,
    keepRefusal: (about, { code, message, field }) => {
      if (REFUSALS.has(code) || rejections.has(code)) {
        keep({ ...about, outcome: 'rejected', code, sentence: message, field: field ?? null });
      }
    },
    flush: async () => {
      await Promise.all(writes);
    },
  };
}

/** What the runtime itself refuses commands for; all else that goes wrong is no answer to the command. */
const REFUSALS: ReadonlySet<string> = new Set([
  'INVALID_INPUT',
  'TEXT_TOO_LONG',
  'COMMAND_ID_REUSED',
  'CONTENTION',
  'TOO_MANY_EVENTS',
  'EVENT_TOO_LARGE',
  'VALUE_NOT_STORABLE',
  'EVENT_UNREADABLE',
]);
