import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { EntityRow } from '#lib/modules/crm/queries.ts';

/** What needs attention in a record; nothing where nothing does. */
export function EntityStatus({
  isDeleted,
  needsReading,
  errors,
}: Pick<EntityRow, 'isDeleted' | 'needsReading' | 'errors'>) {
  const count = Object.keys(errors).length;
  return (
    <>
      {isDeleted ? <StatusBadge tone="neutral">Deleted</StatusBadge> : null}{' '}
      {needsReading ? <StatusBadge tone="warn">Must be read</StatusBadge> : null}{' '}
      {count > 0 ? (
        <StatusBadge tone="warn">
          {count} {count === 1 ? 'field' : 'fields'} unread
        </StatusBadge>
      ) : null}
    </>
  );
}
