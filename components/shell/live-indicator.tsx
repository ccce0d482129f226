'use client';

import { Popover, UnstyledButton } from '@mantine/core';
import { useHealth } from '#components/console/system/use-system.ts';
import { ApiError } from '#components/ui/api-client.ts';
import type { LiveStatus } from '#components/ui/live-connection.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { useLive } from '#components/ui/use-live.ts';
import type { Health } from '#lib/contracts/queries.ts';
import classes from './live-indicator.module.css';
import { PARTS, summarizeLive } from './live-summary.ts';

/** Whether the page is live, and what is down; each part on click. */
export function LiveIndicator() {
  const status = useLive((live) => live.status);
  const { data: health, error } = useHealth();
  const { tone, label } = summarizeLive(status, health, toFailure(error));
  return (
    <Popover width={320} position="bottom-end" shadow="md" withArrow>
      <Popover.Target>
        <UnstyledButton
          className={classes.target}
          data-tone={tone}
          aria-label={`System status: ${label}`}
        >
          <span className={classes.dot} aria-hidden />
          <span className={classes.label}>{label}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="System status">
        <ul className={classes.parts}>
          <Part label="Live updates" {...CONNECTION[status]} />
          {PARTS.map(({ key, label: name }) => (
            <Part key={key} label={name} {...toPart(health, key, error !== null)} />
          ))}
        </ul>
      </Popover.Dropdown>
      <span className={classes.announcer} role="status">
        {tone === 'bad' || tone === 'warn' ? label : ''}
      </span>
    </Popover>
  );
}

function toFailure(error: unknown): 'unreachable' | 'unknown' | null {
  if (!error) {
    return null;
  }
  return error instanceof ApiError && error.code === 'UNREACHABLE' ? 'unreachable' : 'unknown';
}

type PartState = { tone: Tone; word: string; detail?: string | undefined };

const CONNECTION: Readonly<Record<LiveStatus, PartState>> = {
  connected: { tone: 'good', word: 'Connected' },
  connecting: { tone: 'neutral', word: 'Connecting' },
  reconnecting: {
    tone: 'warn',
    word: 'Reconnecting',
    detail: 'What is shown may be some seconds old; the page tries again by itself.',
  },
};

function toPart(
  health: Health | undefined,
  key: (typeof PARTS)[number]['key'],
  unreachable: boolean,
): PartState {
  const part = health?.[key];
  if (unreachable || part === undefined || part.state === 'unknown') {
    return { tone: 'neutral', word: 'Unknown', detail: part?.detail };
  }
  return part.state === 'up'
    ? { tone: 'good', word: 'Up', detail: part.detail }
    : { tone: 'bad', word: 'Down', detail: part.detail };
}

function Part({ label, tone, word, detail }: PartState & { label: string }) {
  return (
    <li className={classes.part}>
      <span className={classes.line}>
        <span>{label}</span>
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </span>
      {detail ? <span className={classes.detail}>{detail}</span> : null}
    </li>
  );
}
