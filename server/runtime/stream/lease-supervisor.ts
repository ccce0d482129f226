import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createWakeSignal } from '#server/runtime/platform/wake-signal.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Fault } from './fault.ts';
import { releaseLease, saveLease } from './lease-table.ts';
import type { StreamSettings } from './stream-settings.ts';

/** Keeps one lease alive and its checkpoint saved, while its shard is read. */
export type LeaseSupervisor = {
  readonly checkpoint: () => Checkpoint;
  /** Everything before `checkpoint` is delivered. It is saved soon after. */
  readonly moveTo: (checkpoint: Checkpoint) => void;
  readonly isLost: () => boolean;
  /** Saves the last checkpoint and gives the lease back, unless it is lost. May be repeated. */
  readonly release: () => Promise<void>;
};

/**
 * Renewal and checkpoint are the same write, fenced by the owner. Once it finds another owner the
 * lease is lost: `onLost` is called, and nothing is written any more. `onReleased` is called once it
 * is given back.
 */
export function createLeaseSupervisor({
  dynamo,
  key,
  owner,
  start,
  settings: { renewMs, checkpointMs },
  fault,
  onLost,
  onReleased,
}: {
  readonly dynamo: Dynamo;
  readonly key: { readonly consumer: string; readonly shardId: string };
  readonly owner: string;
  readonly start: Checkpoint;
  readonly settings: StreamSettings;
  readonly fault: Fault;
  readonly onLost: () => void;
  readonly onReleased: () => void;
}): LeaseSupervisor {
  const pause = createWakeSignal();
  let checkpoint = start;
  let saved = start;
  let savedAt = performance.now();
  let isLost = false;
  let isReleasing = false;

  async function keep(): Promise<void> {
    while (!isReleasing && !isLost) {
      await pause.sleep(checkpointMs);
      const isDue = checkpoint !== saved || performance.now() - savedAt >= renewMs;
      if (isDue && !isReleasing) {
        await save().catch((error: unknown) => fault.note(error));
      }
    }
  }

  async function save(): Promise<void> {
    const saving = checkpoint;
    if (!(await saveLease(dynamo, key, { owner, checkpoint: saving, now: new Date() }))) {
      lose();
      return;
    }
    saved = saving;
    savedAt = performance.now();
    fault.clear();
  }

  function lose(): void {
    isLost = true;
    onLost();
  }

  const keeping = keep();
  return {
    checkpoint: () => checkpoint,
    moveTo: (next) => {
      checkpoint = next;
    },
    isLost: () => isLost,
    release: async () => {
      isReleasing = true;
      pause.wake();
      await keeping;
      if (isLost) {
        return;
      }
      if (await releaseLease(dynamo, key, { owner, checkpoint, now: new Date() })) {
        onReleased();
      } else {
        lose();
      }
    },
  };
}
