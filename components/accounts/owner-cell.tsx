import Link from 'next/link';
import type { AccountRow } from '#lib/contracts/queries.ts';
import classes from './accounts-table.module.css';

/** The owner, as the link of the whole row to the account's page. */
export function OwnerCell({ account: { accountId, owner } }: { account: AccountRow }) {
  return (
    <Link
      href={`/accounts/${encodeURIComponent(accountId)}`}
      prefetch={false}
      className={classes.owner}
      data-row-link
    >
      {owner}
    </Link>
  );
}
