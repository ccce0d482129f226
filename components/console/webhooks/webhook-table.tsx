import { Button, Table } from '@mantine/core';
import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Tone } from '#components/ui/tone.ts';
import type { WebhookState } from '#lib/contracts/webhooks.ts';
import { formatCount } from '#lib/count-format.ts';
import { parseWebhookTarget, TARGET_LABELS } from '#lib/webhook-target.ts';
import { RotateButton } from './rotate-button.tsx';
import { toReplaySinceDialog, toStatusDialog } from './webhook-dialogs.tsx';
import classes from './webhooks.module.css';

type WebhookTableProps = {
  items: readonly WebhookState[];
  shown: string | undefined;
  onChoose: (name: string) => void;
};

/** Every webhook, with how it stands. */
export function WebhookTable({ items, shown, onChoose }: WebhookTableProps) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table aria-label="Webhooks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Webhook</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Behind</Table.Th>
            <Table.Th>Sends</Table.Th>
            <Table.Th>Last error</Table.Th>
            <Table.Th>Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((webhook) => (
            <WebhookRow
              key={webhook.name}
              webhook={webhook}
              isShown={webhook.name === shown}
              onChoose={onChoose}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type WebhookRowProps = {
  webhook: WebhookState;
  isShown: boolean;
  onChoose: WebhookTableProps['onChoose'];
};

function WebhookRow({ webhook, isShown, onChoose }: WebhookRowProps) {
  const { name, url, behind, lastError, failingSince, nextAttemptAt } = webhook;
  const { label, tone } = nameState(webhook);
  const kind = parseWebhookTarget(url)?.kind ?? 'http';
  const types = [...webhook.aggregateTypes, ...webhook.eventTypes].join(', ');
  return (
    <Table.Tr>
      <Table.Td>
        <Button
          variant={isShown ? 'light' : 'subtle'}
          size="compact-sm"
          aria-pressed={isShown}
          onClick={() => onChoose(name)}
        >
          {name}
        </Button>
        <p className={classes.dim}>{url}</p>
      </Table.Td>
      <Table.Td>{TARGET_LABELS[kind]}</Table.Td>
      <Table.Td>
        <StatusBadge tone={tone}>{label}</StatusBadge>
      </Table.Td>
      <Table.Td className={classes.number}>{formatCount(behind)}</Table.Td>
      <Table.Td>
        {webhook.sends === 'entities' ? `Entities: ${types}` : types || 'Everything'}
      </Table.Td>
      <Table.Td className={classes.error}>
        {lastError ?? '–'}
        {failingSince === null ? null : (
          <p className={classes.dim}>
            Since <Time iso={failingSince} />
            {nextAttemptAt === null ? null : (
              <>
                , next attempt <Time iso={nextAttemptAt} />
              </>
            )}
          </p>
        )}
      </Table.Td>
      <Table.Td>
        <OperationButton {...toStatusDialog(webhook)} button={{ size: 'compact-xs' }} />
        <OperationButton {...toReplaySinceDialog(webhook)} button={{ size: 'compact-xs' }} />
        {kind === 'http' ? <RotateButton name={name} /> : null}
      </Table.Td>
    </Table.Tr>
  );
}

function nameState({ status, failingSince, behind }: WebhookState): { label: string; tone: Tone } {
  switch (status) {
    case 'active':
      return failingSince !== null
        ? { label: 'Fails, is tried again', tone: 'bad' }
        : behind > 0
          ? { label: 'Sending', tone: 'accent' }
          : { label: 'Up to date', tone: 'good' };
    case 'paused':
      return { label: 'Paused', tone: 'warn' };
    case 'disabled':
      return { label: 'Disabled', tone: 'bad' };
    default:
      return { label: status, tone: 'neutral' };
  }
}
