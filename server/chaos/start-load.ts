import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '#server/platform/backoff.ts';
import type { Caller, Callers } from './callers.ts';
import { type Answer, outcomeOf, type SentCommand } from './command-log.ts';
import { FIRST_ACCOUNTS, type PlannedCommand } from './plan-commands.ts';

/** Commands begun in a second, while there is room. */
const PER_SECOND = 40;

/** Under way at most: during an outage they wait, and new ones are not begun. */
const AT_ONCE = 64;

export type Load = {
  /** Every command that was begun. */
  readonly commands: readonly SentCommand[];
  /** Resolves when the first accounts are there. */
  readonly warm: Promise<void>;
  /** Begins no more commands; resolves when each one has its answer, or `patience` is over. */
  readonly stop: (patience: AbortSignal) => Promise<void>;
  /**
   * Sends those again that were refused after an answer had been lost: what was lost may have been
   * carried out only after the refusal. To be called when nothing is on its way any more.
   */
  readonly confirm: (patience: AbortSignal) => Promise<void>;
};

/** Begins to send `plan`, steadily. `onAnswer` hears of every answer at once. */
export function startLoad({
  plan,
  callers,
  onAnswer,
}: {
  readonly plan: Iterator<PlannedCommand, never>;
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
    while (!stopping.signal.aborted) {
      if (underWay.size < AT_ONCE) {
        const command: SentCommand = { planned: plan.next().value, answers: [], lost: [] };
        commands.push(command);
        const sent = send(command).finally(() => underWay.delete(sent));
        underWay.add(sent);
      }
      if (commands.length === FIRST_ACCOUNTS) {
        await Promise.all(underWay);
        isWarm();
      }
      await sleep(1_000 / PER_SECOND, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const running = run();
  const until = async (patience: AbortSignal, work: () => Promise<unknown>) => {
    const giveUp = () => givingUp.abort();
    patience.addEventListener('abort', giveUp);
    await work();
    patience.removeEventListener('abort', giveUp);
  };
  return {
    commands,
    warm,
    stop: (patience) => {
      stopping.abort();
      return until(patience, async () => {
        await running;
        await Promise.all(underWay);
      });
    },
    confirm: (patience) =>
      until(patience, async () => {
        const unsure = commands.filter(
          (command) => command.lost.length > 0 && outcomeOf(command)?.kind === 'rejected',
        );
        for (const command of unsure) {
          await askUntilAnswered(command, callers.direct);
        }
      }),
  };
}
