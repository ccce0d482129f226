'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Day, Time } from '#components/ui/time.tsx';
import { formatCount } from '#lib/count-format.ts';
import type { AccountRow } from '#lib/modules/bank/queries.ts';
import classes from './account-header.module.css';

/** The lesser facts of an account; on a small screen they come when they are asked for. */
export function AccountFacts({ account }: { account: AccountRow }) {
  const [opened, { toggle }] = useDisclosure();
  return (
    <>
      <Button
        className={classes.details}
        variant="subtle"
        size="compact-sm"
        aria-expanded={opened}
        onClick={toggle}
      >
        {opened ? 'Hide details' : 'Details'}
      </Button>
      <div className={classes.facts} data-opened={opened || undefined}>
        <Fact label="Currency">{account.currency}</Fact>
        <Fact label="Events">{formatCount(account.version)}</Fact>
        <Fact label="Opened">
          <Day iso={account.openedAt} />
        </Fact>
        {account.closedAt === null ? (
          <Fact label="Last activity">
            <Time iso={account.lastActivityAt} />
          </Fact>
        ) : (
          <Fact label="Closed">
            <Time iso={account.closedAt} />
          </Fact>
        )}
      </div>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <span className={classes.label}>{label}</span>
      <span>{children}</span>
    </div>
  );
}
