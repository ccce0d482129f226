'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { FreshnessBadge } from '#components/console/system/freshness-badge.tsx';
import { useConsole } from '#components/console/use-console.tsx';
import type { Freshness } from '#lib/contracts/queries.ts';
import classes from './aggregate-header.module.css';
import { useStanding } from './use-standing.ts';

export type AggregateHeaderProps = {
  aggregateId: string;
  title: string;
  /** The list that it is of. */
  list: { readonly href: string; readonly label: string };
  /** What tells it apart: its id, its status. */
  identity: ReactNode;
  /** The version that is shown, and how fresh that is. */
  version: number;
  freshness: Freshness;
  /** The buttons of its commands. */
  commands: ReactNode;
  /** Why it could not be read again, when it could not. */
  problem: ReactNode;
};

/** What an aggregate is, how fresh that is, and what can be done with it. */
export function AggregateHeader(props: AggregateHeaderProps) {
  const { aggregateId, title, list, identity, version, freshness, commands, problem } = props;
  const { id, noun } = useConsole().nameAggregate(aggregateId);
  const { data } = useStanding(aggregateId);
  // The badge knows what the event store has of this very aggregate.
  const missing = Math.max(0, (data?.newestSequence ?? 0) - version);
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <nav aria-label="Breadcrumb" className={classes.trail}>
          <Anchor component={Link} href={list.href} underline="always" inherit>
            {list.label}
          </Anchor>
          <span aria-hidden> / </span>
          <span>{id}</span>
        </nav>
        <FreshnessBadge
          freshness={freshness}
          aggregate={{ noun, troubles: data?.troubles ?? [], missing }}
        />
      </div>
      <div className={classes.main}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          <div className={classes.identity}>{identity}</div>
        </div>
        <div className={classes.commands}>{commands}</div>
      </div>
      {problem ? <div className={classes.problem}>{problem}</div> : null}
    </header>
  );
}
