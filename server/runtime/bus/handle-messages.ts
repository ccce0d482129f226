import {
  type FailedEvent,
  toFailedEvent,
} from '#server/runtime/dead-letters/record-dead-letter.ts';
import type { JournalEvent } from '#server/runtime/journal/journal-event.ts';
import { readAggregateJournal } from '#server/runtime/journal/read-journal.ts';
import type { Db } from '#server/runtime/platform/postgres.ts';
import { MAX_ATTEMPTS } from '#server/runtime/views/batch-bisection.ts';
import { type JournalEntry, toJournalEntry } from '#server/runtime/views/journal-entry.ts';
import { codecOf } from '#server/runtime/views/postgres-view.ts';
import { applyMessages, type HandledReplay } from './apply-messages.ts';
import type { Bus, ReceivedMessage } from './bus.ts';
import { parseBusMessage } from './bus-message.ts';

/** What waits for an event before it, or is to be tried again, comes again after so many seconds. */
const AGAIN_SECONDS = 1;

type Received = { readonly message: ReceivedMessage; readonly entry: JournalEntry };

/**
 * Takes received messages into the generation that the bus fills, and removes from `queue` those that it is done with;
 * the others come again. When a batch fails, its messages are taken one by one; one that fails by itself for the third
 * time becomes its aggregate's dead letter. Answers why something must come again, as a sentence, or null; `over` where
 * the replay is not this worker's any more. Throws transient errors: all that was not removed comes again then.
 */
export async function handleMessages(
  replay: HandledReplay,
  bus: Pick<Bus, 'remove' | 'release'>,
  queue: string,
  messages: readonly ReceivedMessage[],
): Promise<string | null | 'over'> {
  const { received, strange } = await readMessages(replay, messages);
  const outcome = await take(received);
  if (outcome === 'over') {
    return 'over';
  }
  const again = new Set([...strange, ...outcome.again.map(({ receipt }) => receipt)]);
  const done = messages.map(({ receipt }) => receipt).filter((receipt) => !again.has(receipt));
  await bus.remove(queue, done);
  await bus.release(queue, [...again], AGAIN_SECONDS);
  return strange.length > 0 ? 'A message in the queue is no event of Playhead.' : outcome.error;

  type Outcome = { readonly again: readonly ReceivedMessage[]; readonly error: string | null };

  async function take(some: readonly Received[]): Promise<Outcome | 'over'> {
    if (some.length === 0) {
      return { again: [], error: null };
    }
    try {
      return toOutcome(some, await apply(some));
    } catch (error) {
      const [first] = some;
      if (first === undefined || toFailed(first, error) === undefined) {
        throw error;
      }
      return some.length === 1 ? await takeFailed(first, error) : await takeEach(some);
    }
  }

  async function takeEach(some: readonly Received[]): Promise<Outcome | 'over'> {
    const again: ReceivedMessage[] = [];
    let sentence: string | null = null;
    const inOrder = some.toSorted(
      (a, b) => a.entry.stored.eventSequence - b.entry.stored.eventSequence,
    );
    for (const one of inOrder) {
      const outcome = await take([one]);
      if (outcome === 'over') {
        return 'over';
      }
      again.push(...outcome.again);
      sentence ??= outcome.error;
    }
    return { again, error: sentence };
  }

  async function takeFailed(one: Received, error: unknown): Promise<Outcome | 'over'> {
    const failed = toFailed(one, error);
    if (failed === undefined || one.message.receiveCount < MAX_ATTEMPTS) {
      const { aggregateId, eventSequence } = one.entry.stored;
      const sentence = `Event ${eventSequence} of ${aggregateId}: ${failed?.failure.error ?? ''}`;
      return { again: [one.message], error: sentence };
    }
    return toOutcome([one], await apply([one], failed));
  }

  function apply(some: readonly Received[], failed?: FailedEvent) {
    return applyMessages(
      replay,
      some.map(({ entry }) => entry),
      failed,
    );
  }
}

function toFailed({ message, entry }: Received, error: unknown): FailedEvent | undefined {
  const attempts = { attempts: message.receiveCount, firstFailedAt: new Date() };
  return toFailedEvent(entry.stored, error, attempts);
}

function toOutcome(
  some: readonly Received[],
  applied: Awaited<ReturnType<typeof applyMessages>>,
): { readonly again: readonly ReceivedMessage[]; readonly error: string | null } | 'over' {
  if (applied === 'over') {
    return 'over';
  }
  const waiting = new Set(applied.waiting);
  const [first] = applied.waiting;
  return {
    again: some.filter(({ entry }) => waiting.has(entry)).map(({ message }) => message),
    error:
      first === undefined
        ? null
        : `Event ${first.stored.eventSequence} of ${first.stored.aggregateId} waits for one before it.`,
  };
}

async function readMessages(
  { db, projection }: Pick<HandledReplay, 'db' | 'projection'>,
  messages: readonly ReceivedMessage[],
): Promise<{ readonly received: readonly Received[]; readonly strange: readonly string[] }> {
  const codec = codecOf(projection);
  const received: Received[] = [];
  const strange: string[] = [];
  for (const message of messages) {
    const stored = await readEvent(db, message.body);
    if (stored === undefined) {
      strange.push(message.receipt);
    } else {
      received.push({ message, entry: toJournalEntry(codec, stored) });
    }
  }
  return { received, strange };
}

async function readEvent(db: Db, body: string): Promise<JournalEvent | undefined> {
  const parsed = parseBusMessage(body);
  if (parsed === undefined || 'event' in parsed) {
    return parsed?.event;
  }
  const { aggregateId, eventSequence: from, position: upTo } = parsed.reference;
  const [event] = await readAggregateJournal(db, aggregateId, { from, upTo, limit: 1 });
  return event;
}
