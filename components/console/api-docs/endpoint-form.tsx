'use client';

import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { JsonView } from '#components/ui/json-view.tsx';
import type { EndpointDoc } from '#lib/contracts/api-docs.ts';
import classes from './api-docs.module.css';
import { type Received, sendRequest, toAddress } from './send-request.ts';
import { toExample } from './to-example.ts';

/** What an endpoint takes and answers, and a form by which it is tried. */
export function EndpointForm({ endpoint, token }: { endpoint: EndpointDoc; token: string }) {
  const { method, parts, query, body, answer, scope, path } = endpoint;
  const [received, setReceived] = useState<Received | null>(null);
  const [isUnderWay, setUnderWay] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const fields = Object.fromEntries([...given].map(([name, value]) => [name, `${value}`]));
    setUnderWay(true);
    const text = body === null ? null : (fields.body ?? '');
    setReceived(await sendRequest(method, toAddress(endpoint, fields), { token, body: text }));
    setUnderWay(false);
  }

  return (
    <div className={classes.opened}>
      <p className={classes.scope}>Needs a token with {scope}.</p>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        {parts.map((name) => (
          <TextInput key={name} name={name} label={name} required size="xs" />
        ))}
        {query.map((name) => (
          <TextInput key={name} name={name} label={name} size="xs" />
        ))}
        {body === null ? null : (
          <Textarea
            className={classes.body}
            name="body"
            label="Body, as JSON"
            size="xs"
            autosize
            defaultValue={JSON.stringify(toExample(body), null, 2)}
          />
        )}
        <Button
          className={classes.send}
          type="submit"
          size="xs"
          loading={isUnderWay}
          disabled={token === ''}
        >
          {token === '' ? 'A token is needed to send it' : `Send ${method}`}
        </Button>
      </form>
      {received === null ? null : (
        <section aria-label={`Answer of ${method} ${path}`} role="status">
          {'problem' in received ? (
            <p>{received.problem}</p>
          ) : (
            <>
              <p className={classes.status}>{received.status}</p>
              {received.headers.map(([name, value]) => (
                <p key={name} className={classes.header}>
                  <b>{name}</b> {value}
                </p>
              ))}
              <JsonView value={received.body} label="Answer" defaultOpened />
            </>
          )}
        </section>
      )}
      {body === null ? null : <JsonView value={body} label="Schema of the body" />}
      <JsonView value={answer} label="Schema of the answer" />
    </div>
  );
}
