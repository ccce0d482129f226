'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { DEAD_LETTER_STATES } from '#lib/contracts/dead-letters.ts';

const VIEW = {
  state: parseAsStringLiteral(DEAD_LETTER_STATES).withDefault('waiting'),
  view: parseAsString,
  category: parseAsString,
  type: parseAsString,
  aggregate: parseAsString,
  /** The cause whose aggregates are shown. */
  cause: parseAsString,
  /** The letter that is open: its view, its aggregate and its event. */
  in: parseAsString,
  of: parseAsString,
  at: parseAsInteger,
};

const CLOSED = { in: null, of: null, at: null };

/** What the page shows, in the URL; Back undoes each step. */
export function useLetterView() {
  const [view, setView] = useQueryStates(VIEW, { history: 'push' });
  const { state, in: projection, of: aggregateId, at: eventSequence, ...rest } = view;
  const isOpen = projection !== null && aggregateId !== null && eventSequence !== null;
  return {
    state,
    ...rest,
    open: isOpen ? { projection, aggregateId, eventSequence } : null,
    isFiltered: [rest.view, rest.category, rest.type, rest.aggregate].some((each) => each !== null),
    /** Another filter, or what was skipped: nothing of it is chosen yet. */
    narrow: (
      change: Partial<Pick<typeof view, 'state' | 'view' | 'category' | 'type' | 'aggregate'>>,
    ) => void setView({ ...change, cause: null, ...CLOSED }),
    choose: (cause: string | null) => void setView({ cause, ...CLOSED }),
    show: (letter: LetterKey | null) =>
      void setView(
        letter === null
          ? CLOSED
          : { in: letter.projection, of: letter.aggregateId, at: letter.eventSequence },
      ),
  };
}

/** An event in a view. */
export type LetterKey = {
  readonly projection: string;
  readonly aggregateId: string;
  readonly eventSequence: number;
};

export type LetterView = ReturnType<typeof useLetterView>;
