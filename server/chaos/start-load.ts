import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '#server/runtime/platform/backoff.ts';
import type { Caller, Callers } from './callers.ts';
import { type Answer, outcomeOf, type SentCommand } from './command-log.ts';
import { FIRST_COMMANDS } from './plan-commands.ts';
import type { PlannedCommand } from './planned-command.ts';

/** Commands begun in a second, while there is room. */
const PER_SECOND = 40;

/** Under way at most: during an outage they wait, and new ones are not begun. */
const AT_ONCE = 64;

export type Load = {
  /** Every command that was begun. */
  readonly commands: readonly SentCommand[];
  /** Resolves when what the first commands begin is there. */
  readonly warm: Promise<void>;
  /** Begins no more commands; resolves when each one has its answer, or `timeout` is over. */
  readonly stop: (timeout: AbortSignal) => Promise<void>;
  /**
   * Sends those again that were refused after an answer had been lost: what was lost may have been
   * carried out only after the refusal. To be called when nothing is on its way any more.
   */
  readonly confirm: (timeout: AbortSignal) => Promise<void>;
};

/** Begins to send `plan`, steadily. `onAnswer` hears of every answer at once. */
export function startLoad({
  plan,
  callers,
  onAnswer,
}: {
  readonly plan: Iterable<PlannedCommand>;
  readonly callers: Callers;
  readonly onAnswer: (answer: Answer) => void;
}): Load {
  const commands: SentCommand[] = [];
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  const givingUp = new AbortController();
  setMaxListeners(2 * AT_ONCE, givingUp.signal);
  let isWarm: () => void;
  const warm = new Promise<void>((resolve) => {
    isWarm = resolve;
  });

  async function askUntilAnswered(command: SentCommand, call: Caller): Promise<void> {
    for (let attempt = 1; !givingUp.signal.aborted; attempt += 1) {
      try {
        const answer = await call(command.planned);
        command.answers.push(answer);
        onAnswer(answer);
        return;
      } catch (error) {
        command.lost.push(error instanceof Error ? error.message : String(error));
        const wait = 50 + backoffMs(attempt, { baseMs: 100, capMs: 1_000 });
        await sleep(wait, undefined, { signal: givingUp.signal }).catch(() => {});
      }
    }
  }

  async function send(command: SentCommand): Promise<void> {
    const { twice, via } = command.planned;
    if (twice === 'at-once') {
      await Promise.all([
        askUntilAnswered(command, callers.web),
        askUntilAnswered(command, callers.direct),
      ]);
      return;
    }
    await askUntilAnswered(command, callers[via]);
    if (twice === 'again') {
      await askUntilAnswered(command, callers[via]);
    }
  }

  async function run(): Promise<void> {
    for (const planned of plan) {
      if (!planned.isRacing) {
        await untilRoom();
      }
      if (stopping.signal.aborted) {
        return;
      }
      const command: SentCommand = { planned, answers: [], lost: [] };
      commands.push(command);
      const sent = send(command).finally(() => underWay.delete(sent));
      underWay.add(sent);
      if (commands.length === FIRST_COMMANDS) {
        await Promise.all(underWay);
        isWarm();
      }
    }
  }

  async function untilRoom(): Promise<void> {
    do {
      await sleep(1_000 / PER_SECOND, undefined, { signal: stopping.signal }).catch(() => {});
    } while (underWay.size >= AT_ONCE && !stopping.signal.aborted);
  }

  const running = run();
  const until = async (timeout: AbortSignal, work: () => Promise<unknown>) => {
    const giveUp = () => givingUp.abort();
    timeout.addEventListener('abort', giveUp);
    await work();
    timeout.removeEventListener('abort', giveUp);
  };
  return {
    commands,
    warm,
    stop: (timeout) => {
      stopping.abort();
      return until(timeout, async () => {
        await running;
        await Promise.all(underWay);
      });
    },
    confirm: (timeout) =>
      until(timeout, async () => {
        const unsure = commands.filter(
          (command) => command.lost.length > 0 && outcomeOf(command)?.kind === 'rejected',
        );
        for (const command of unsure) {
          await askUntilAnswered(command, callers.direct);
        }
      }),
  };
}
