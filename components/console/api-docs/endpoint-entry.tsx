'use client';

import { useState } from 'react';
import type { EndpointDoc } from '#lib/contracts/api-docs.ts';
import classes from './api-docs.module.css';
import { EndpointForm } from './endpoint-form.tsx';

type EndpointEntryProps = { endpoint: EndpointDoc; token: string };

/** One endpoint, which opens. */
export function EndpointEntry({ endpoint, token }: EndpointEntryProps) {
  const [opened, setOpened] = useState(false);
  const { method, path, summary } = endpoint;
  return (
    <details className={classes.entry} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <span className={classes.method} data-method={method}>
          {method}
        </span>
        <code className={classes.path}>{path}</code>
        <span className={classes.words}>{summary}</span>
      </summary>
      {opened ? <EndpointForm endpoint={endpoint} token={token} /> : null}
    </details>
  );
}
