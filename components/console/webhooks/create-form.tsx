'use client';

import { Alert, Button, Group, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { madeWebhookSchema, newWebhookSchema } from '#lib/contracts/webhooks.ts';
import { ShownSecret } from './shown-secret.tsx';

type Fields = z.input<typeof newWebhookSchema> & { aggregateTypes: string[]; eventTypes: string[] };

const EMPTY: Fields = { name: '', url: '', sends: 'events', aggregateTypes: [], eventTypes: [] };

/** Where events are to be sent, and which; then the secret. Mounted anew for each intention. */
export function CreateForm({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [fields, setFields] = useState<Fields>(EMPTY);
  const [sent, setSent] = useState<Sent<{ name: string; secret: string | null }> | null>(null);
  const [pending, setPending] = useState(false);
  const set = (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change }));
  const problemOf = (field: string) =>
    sent?.ok === false && sent.field?.split('.')[0] === field ? sent.message : null;
  const isOfEntities = fields.sends === 'entities';
  const isOfField = Object.keys(EMPTY).some((field) => problemOf(field) !== null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setSent(await sendJson(madeWebhookSchema, '/api/webhooks', fields));
    setPending(false);
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  }

  if (sent?.ok) {
    return (
      <Stack gap="sm">
        <ShownSecret sent={sent} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Lower-case letters, digits and hyphens."
          required
          data-autofocus
          maxLength={40}
          value={fields.name}
          error={problemOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="URL"
          description="Or a FIFO topic of SNS, sns:<its ARN>; or a bus of EventBridge, eventbridge:<its name or ARN>."
          required
          maxLength={2_000}
          placeholder="https://example.com/playhead"
          value={fields.url}
          error={problemOf('url')}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        <Radio.Group
          label="Sends"
          value={fields.sends ?? 'events'}
          onChange={(value) =>
            set({ sends: newWebhookSchema.shape.sends.parse(value), eventTypes: [] })
          }
        >
          <Stack gap={4} mt={4}>
            <Radio value="events" label="Events, as they were recorded" />
            <Radio
              value="entities"
              label="Entities, as events left them, where that changed them"
            />
          </Stack>
        </Radio.Group>
        <TagsInput
          label="Types of aggregates"
          description={
            isOfEntities
              ? 'Such as crm-account; without any, all of which there are entities.'
              : 'Such as account; without any, all.'
          }
          value={fields.aggregateTypes}
          error={problemOf('aggregateTypes')}
          onChange={(aggregateTypes) => set({ aggregateTypes })}
        />
        {isOfEntities ? null : (
          <TagsInput
            label="Types of events"
            description="Such as MoneyDeposited; without any, all."
            value={fields.eventTypes}
            error={problemOf('eventTypes')}
            onChange={(eventTypes) => set({ eventTypes })}
          />
        )}
        {sent === null || isOfField ? null : (
          <Alert color="red" role="alert">
            {sent.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Make the webhook
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
