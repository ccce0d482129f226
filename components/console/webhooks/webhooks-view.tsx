'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { fetchApi } from '#components/ui/api-client.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { webhooksSchema } from '#lib/contracts/webhooks.ts';
import { CreateButton } from './create-button.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import { WebhookTable } from './webhook-table.tsx';
import classes from './webhooks.module.css';

const REFRESH_MS = 3_000;

/** Where events are sent, and what came of it. */
export function WebhooksView() {
  const [chosen, choose] = useQueryState('webhook', parseAsString.withOptions({ history: 'push' }));
  const query = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => fetchApi(webhooksSchema, '/api/webhooks', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const items = query.data?.items ?? [];
  const shown = items.find(({ name }) => name === chosen) ?? items[0];
  return (
    <>
      <PageHeader
        title="Webhooks"
        subtitle="Events sent to other systems by signed requests, to SNS and to EventBridge, each at least once and in order"
        actions={<CreateButton />}
      />
      <div className={classes.panels}>
        <Panel
          title="Where events are sent"
          hideTitle
          flush
          query={query}
          isEmpty={(answer) => answer.items.length === 0}
          empty={{
            title: 'Nothing is sent anywhere',
            hint: 'A new webhook is sent what comes from now on.',
          }}
        >
          {(answer) => (
            <WebhookTable
              items={answer.items}
              shown={shown?.name}
              onChoose={(name) => void choose(name)}
            />
          )}
        </Panel>
        {shown === undefined ? null : <DeliveryLog key={shown.name} webhook={shown} />}
      </div>
    </>
  );
}
