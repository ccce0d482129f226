import { outcomeOf, type SentCommand } from '../command-log.ts';
import type { Check } from './check.ts';

/** Every command has an answer in the end, and two acceptances of one command say the same. */
export function checkAnswers(commands: readonly SentCommand[]): Check {
  const unanswered = commands
    .filter((command) => outcomeOf(command) === undefined)
    .map(({ planned, lost }) => `${planned.commandId} has no answer: ${lost.at(-1)}`);
  const contradictory = commands
    .filter(({ answers }) => {
      const tokens = answers.flatMap((answer) =>
        answer.kind === 'accepted' ? [answer.tokens] : [],
      );
      return new Set(tokens.map((each) => JSON.stringify(each))).size > 1;
    })
    .map(({ planned }) => `${planned.commandId} was accepted twice, with different results.`);
  return {
    name: 'every command was answered',
    figure: `${commands.length} commands`,
    problems: [...unanswered, ...contradictory],
  };
}
