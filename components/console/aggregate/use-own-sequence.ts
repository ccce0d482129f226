import { startTransition, useState } from 'react';
import { notify } from '#components/ui/notify.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { useConsole } from '../use-console.tsx';

/**
 * The newest event of an aggregate that a command of this page wrote, 0 while there is none; and what hears
 * of accepted commands. One that wrote nothing is said to have changed nothing.
 */
export function useOwnSequence(aggregateId: string) {
  const { noun } = useConsole().nameAggregate(aggregateId);
  const [own, setOwn] = useState(0);

  function accept({ tokens }: CommandResult) {
    const token = tokens.find((one) => one.aggregateId === aggregateId);
    if (token) {
      startTransition(() => setOwn(token.sequence));
    } else {
      notify({ title: 'Nothing changed', message: `The ${noun} was so already.` });
    }
  }

  return { own, accept };
}
