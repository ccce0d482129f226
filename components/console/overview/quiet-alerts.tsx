'use client';

import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import type { AttentionItem } from './attention.ts';
import { AttentionCard } from './attention-card.tsx';
import classes from './quiet-alerts.module.css';

/** What is wrong and acknowledged or snoozed, folded; nothing without any. */
export function QuietAlerts({ items }: { items: readonly AttentionItem[] }) {
  const [isOpen, setIsOpen] = useQueryState(
    'quiet',
    parseAsBoolean.withDefault(false).withOptions({ history: 'push' }),
  );
  const quiet = items.filter(({ response }) => response !== null);
  if (quiet.length === 0) {
    return null;
  }
  return (
    <section className={classes.group}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={isOpen}
        onClick={() => void setIsOpen(!isOpen)}
      >
        <IconChevronRight size={16} aria-hidden className={classes.chevron} />
        Acknowledged and snoozed ({quiet.length})
      </UnstyledButton>
      {isOpen ? (
        <ul className={classes.list} aria-label="Acknowledged and snoozed">
          {quiet.map((item) => (
            <AttentionCard key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
