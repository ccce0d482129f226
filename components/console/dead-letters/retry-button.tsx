'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { toRetryDetails } from '#components/console/operations/retry-details.tsx';
import type { LetterFilter } from './dead-letter-words.ts';

export type RetryButtonProps = {
  /** "Retry five". */
  label: string;
  title: string;
  filter: LetterFilter;
  limit?: number;
  /** What will be applied again: "Each of 70 aggregates". */
  subject: string;
  /** Why it cannot be done now. */
  reason?: string | null;
  /** On a page's own level, beside its title. */
  ofPage?: boolean;
};

/** Tries the dead letters that a filter means again; the outcome says what each came to. */
export function RetryButton({
  label,
  title,
  filter,
  limit,
  subject,
  reason,
  ofPage = false,
}: RetryButtonProps) {
  return (
    <OperationButton
      kind="retry-dead-letters"
      input={{ filter, ...(limit !== undefined && { limit }) }}
      label={label}
      title={title}
      effect={`${subject} is tried again once${limit === undefined ? '' : ', the longest dead first'}, and behind it what waits, in order. What fails again waits again; nothing is lost.`}
      toDetails={toRetryDetails}
      {...(reason !== undefined && { reason })}
      {...(ofPage && { button: { size: 'sm' } })}
    />
  );
}
