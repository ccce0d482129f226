'use client';

import { SegmentedControl, Tooltip } from '@mantine/core';
import { CONSISTENCIES, type Consistency } from '../account-queries.ts';

const LABELS: Readonly<Record<Consistency, string>> = {
  eventual: 'Read model',
  strong: 'Event store',
};

export type ConsistencyChoiceProps = {
  value: Consistency;
  onChange: (consistency: Consistency) => void;
};

/** Where the balance is read: fast and eventually, or folded from every event. */
export function ConsistencyChoice({ value, onChange }: ConsistencyChoiceProps) {
  return (
    <Tooltip label="Where the balance is read: the “accounts” read model in PostgreSQL, or every event of the event store in DynamoDB.">
      <SegmentedControl
        size="xs"
        aria-label="Read the balance from"
        value={value}
        onChange={(chosen) => {
          const consistency = CONSISTENCIES.find((one) => one === chosen);
          if (consistency) {
            onChange(consistency);
          }
        }}
        data={CONSISTENCIES.map((one) => ({ value: one, label: LABELS[one] }))}
      />
    </Tooltip>
  );
}
