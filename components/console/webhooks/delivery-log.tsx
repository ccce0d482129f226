'use client';

import { Anchor, Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { PageTurner } from '#components/console/list/page-turner.tsx';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel } from '#components/ui/panel.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Tone } from '#components/ui/tone.ts';
import {
  type WebhookDeliveryState,
  type WebhookState,
  webhookDeliveriesSchema,
} from '#lib/contracts/webhooks.ts';
import { formatCount } from '#lib/count-format.ts';
import { toRedeliverDialog, toReplayDialog } from './webhook-dialogs.tsx';
import classes from './webhooks.module.css';

const REFRESH_MS = 3_000;

const OUTCOMES: Readonly<Record<string, { label: string; tone: Tone }>> = {
  sent: { label: 'Taken', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  'set-aside': { label: 'Set aside', tone: 'warn' },
};

/** A webhook's attempts, newest first, and what sends an event again. */
export function DeliveryLog({ webhook }: { webhook: WebhookState }) {
  const [cursor, setCursor] = useQueryState('cursor', parseAsString);
  const path = `/api/webhooks/${encodeURIComponent(webhook.name)}/deliveries`;
  const query = useQuery({
    queryKey: ['webhook-deliveries', webhook.name, cursor],
    queryFn: ({ signal }) =>
      fetchApi(webhookDeliveriesSchema, path, { params: { cursor }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: cursor === null ? REFRESH_MS : false,
  });
  return (
    <Panel
      title={`Deliveries of ${webhook.name}`}
      subtitle="Every attempt of the last 30 days"
      flush
      query={query}
      isEmpty={({ items }) => items.length === 0}
      empty={{ title: 'Nothing was sent yet', hint: 'What comes from now on is.' }}
    >
      {({ items, nextCursor, previousCursor }) => (
        <>
          <Table.ScrollContainer minWidth={760}>
            <Table aria-label={`Deliveries of ${webhook.name}`}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Event</Table.Th>
                  <Table.Th>Position</Table.Th>
                  <Table.Th>Outcome</Table.Th>
                  <Table.Th>Took</Table.Th>
                  <Table.Th>Again</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((delivery) => (
                  <DeliveryRow key={delivery.id} webhook={webhook} delivery={delivery} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <div className={classes.footer}>
            <PageTurner
              cursor={cursor}
              nextCursor={nextCursor}
              previousCursor={previousCursor}
              onTurn={(next) => void setCursor(next)}
            />
          </div>
        </>
      )}
    </Panel>
  );
}

type DeliveryRowProps = { webhook: WebhookState; delivery: WebhookDeliveryState };

function DeliveryRow({ webhook, delivery }: DeliveryRowProps) {
  const { at, eventId, eventType, aggregateId, position, attempt } = delivery;
  const { outcome, httpStatus, error, milliseconds } = delivery;
  const { label, tone } = OUTCOMES[outcome] ?? { label: outcome, tone: 'neutral' };
  return (
    <Table.Tr>
      <Table.Td>
        <Time iso={at} />
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} inherit prefetch={false} href={`/events/${eventId}`}>
          {eventType}
        </Anchor>
        <p className={classes.dim}>{aggregateId}</p>
      </Table.Td>
      <Table.Td className={classes.number}>{formatCount(position)}</Table.Td>
      <Table.Td className={classes.error}>
        <StatusBadge tone={tone}>
          {label}
          {httpStatus === null ? '' : `, ${httpStatus}`}
        </StatusBadge>
        {error === null ? null : (
          <p className={classes.dim}>
            {error} Attempt {attempt}.
          </p>
        )}
      </Table.Td>
      <Table.Td className={classes.number}>{formatCount(milliseconds)} ms</Table.Td>
      <Table.Td className={classes.buttons}>
        <OperationButton
          {...toRedeliverDialog(webhook, delivery)}
          button={{ size: 'compact-xs' }}
        />
        <OperationButton {...toReplayDialog(webhook, delivery)} button={{ size: 'compact-xs' }} />
      </Table.Td>
    </Table.Tr>
  );
}
