'use client';

import { toOperationName } from '#components/console/operations/operation-names.ts';
import { describeOperation } from '#components/console/operations/operation-words.ts';
import { useOperationsOf } from '#components/console/operations/use-operations-of.ts';
import { PanelSkeleton } from '#components/ui/panel.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { Time } from '#components/ui/time.tsx';
import type { OperationState } from '#lib/contracts/operations.ts';
import classes from './recent-operations.module.css';

/** What operators last had done to something, and what came of it. */
export function RecentOperations({ subject }: { subject: string }) {
  const query = useOperationsOf(subject);
  const { data, error } = query;
  return (
    <section aria-labelledby="recent-operations">
      <h3 id="recent-operations" className={classes.heading}>
        What operators did in the console
      </h3>
      {error ? (
        <QueryError
          error={error}
          what="Operators’ actions"
          retry={() => void query.refetch()}
          retrying={query.isFetching}
          compact={data !== undefined}
        />
      ) : null}
      {query.isPending ? <PanelSkeleton lines={3} /> : null}
      {data?.items.length === 0 ? <p className={classes.none}>Nothing yet.</p> : null}
      <ul className={classes.list}>
        {data?.items.map((operation) => (
          <Item key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  );
}

function Item({ operation }: { operation: OperationState }) {
  const { kind, requestedBy, requestedAt, reason, status } = operation;
  return (
    <li className={classes.item} data-status={status}>
      <span className={classes.what}>
        <b>{toOperationName(kind)}</b> by {requestedBy}
        {reason === null ? '' : `: ${reason}`}
      </span>
      <span className={classes.when}>
        <Time iso={requestedAt} />
      </span>
      <span className={classes.outcome}>{describeOperation(operation)}</span>
    </li>
  );
}
