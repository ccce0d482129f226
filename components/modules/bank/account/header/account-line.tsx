'use client';

import { useIntersection } from '@mantine/hooks';
import { Money } from '#components/ui/money.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import classes from './account-line.module.css';

/**
 * The header in one line, at the screen's top once the header itself has scrolled away. It takes no room,
 * so that nothing moves when it comes, and says nothing that the header does not.
 */
export function AccountLine({ account }: { account: AccountRow }) {
  // As high as the shell's own header, under which the line stands.
  const { ref, entry } = useIntersection({ rootMargin: '-56px 0px 0px 0px' });
  const isAway = entry !== null && !entry.isIntersecting && entry.boundingClientRect.top < 56;
  return (
    <>
      <span ref={ref} className={classes.end} aria-hidden />
      <div className={classes.holder} aria-hidden>
        <div className={classes.line} data-shown={isAway || undefined} data-testid="account-line">
          <span className={classes.owner}>{account.owner}</span>
          <span className={classes.number}>{account.number}</span>
          <StatusBadge tone={account.status === 'open' ? 'good' : 'neutral'}>
            {account.status === 'open' ? 'Open' : 'Closed'}
          </StatusBadge>
          <span className={classes.balance}>
            <Money amount={account.balance} currency={account.currency} />
          </span>
        </div>
      </div>
    </>
  );
}
