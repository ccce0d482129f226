'use client';

import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { PageHeader } from '#components/ui/page-header.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';
import type { EndpointDoc } from '#lib/contracts/api-docs.ts';
import { groupBy } from '#lib/group-by.ts';
import classes from './api-docs.module.css';
import { EndpointEntry } from './endpoint-entry.tsx';

/** The programs' API: what there is, what it needs, and to be tried with a token. */
export function ApiDocsPage({ endpoints }: { endpoints: readonly EndpointDoc[] }) {
  const [token, setToken] = useState('');
  const groups = groupBy(endpoints, ({ path }) => path.split('/')[3] ?? '');
  return (
    <>
      <PageHeader
        title="API"
        subtitle="What programs use: made from the modules, as its OpenAPI document is"
      />
      <div className={classes.groups}>
        <PanelFrame title="Token">
          <PasswordInput
            label="A token’s secret"
            description={
              <>
                Kept in this page only, and sent to nobody but this server. Make one with{' '}
                <code>npm run -s ops -- tokens create --name mine --scope bank:view</code>. The
                document itself is at <code>/api/v1/openapi.json</code>.
              </>
            }
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        </PanelFrame>
        {[...groups].map(([name, entries]) => (
          <PanelFrame key={name} title={name} flush>
            {entries.map((endpoint) => (
              <EndpointEntry
                key={`${endpoint.method} ${endpoint.path}`}
                endpoint={endpoint}
                token={token}
              />
            ))}
          </PanelFrame>
        ))}
      </div>
    </>
  );
}
