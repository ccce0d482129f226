import { Alert } from '@mantine/core';
import type { OperationState } from '#lib/contracts/operations.ts';
import { OperationOutcome } from './operation-outcome.tsx';
import type { Reading } from './use-reading.ts';

export type ReadingOutcomeProps = {
  reading: Reading;
  /** What it found, once it is done. */
  children: (operation: OperationState) => React.ReactNode;
};

/** How far an operation that only reads is, and what it found. */
export function ReadingOutcome({ reading, children }: ReadingOutcomeProps) {
  const { operation, problem } = reading;
  return (
    <>
      {problem === null ? null : (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      {operation === undefined ? null : operation.status === 'done' ? (
        children(operation)
      ) : (
        <OperationOutcome operation={operation} />
      )}
    </>
  );
}
