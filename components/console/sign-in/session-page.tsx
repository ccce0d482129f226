'use client';

import { Button, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { z } from 'zod';
import { fetchApi } from '#components/ui/api-client.ts';
import { notify } from '#components/ui/notify.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { type SessionAnswer, sessionAnswerSchema } from '#lib/contracts/sign-in.ts';
import { nameBrowser } from './name-browser.ts';
import { addPasskey, canUsePasskeys } from './passkeys.ts';
import classes from './session-page.module.css';

const METHODS: Readonly<Record<string, string>> = {
  password: 'Password',
  passkey: 'Passkey',
  provider: 'Provider',
  link: 'Link of the start',
  invitation: 'Invitation',
};

/** Who is signed in, where, and by what: one's own sessions and passkeys. */
export function SessionPage() {
  const query = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => fetchApi(sessionAnswerSchema, '/api/session', { signal }),
  });
  const viewer = query.data?.viewer;

  /** Does something to a session or a passkey, and shows what there is then. */
  async function change(asked: Promise<Sent<unknown>>): Promise<void> {
    const answer = await asked;
    if (!answer.ok) {
      notify({ color: 'red', title: 'Nothing was changed', message: answer.message });
    }
    await query.refetch();
  }

  async function signOut(): Promise<void> {
    await sendJson(z.unknown(), '/api/session', {}, 'DELETE');
    window.location.assign('/sign-in');
  }

  return (
    <>
      <PageHeader
        title={viewer?.name ?? 'Your sessions'}
        subtitle={viewer ? `Events and the audit call you ${viewer.actor}` : undefined}
        actions={
          <Button variant="default" onClick={() => void signOut()}>
            Sign out
          </Button>
        }
      />
      <div className={classes.panels}>
        <Panel title="Permissions" query={query}>
          {({ viewer: { rights } }) => (
            <p className={classes.rights}>
              {rights.length === 0 ? 'You hold no permission yet.' : rights.join(', ')}
            </p>
          )}
        </Panel>
        <Panel title="Signed in" subtitle="Each for a week" flush query={query}>
          {({ sessions }) => <Sessions sessions={sessions} onChange={change} />}
        </Panel>
        {viewer?.kind === 'person' ? (
          <Panel
            title="Passkeys"
            subtitle="By fingerprint, face or key, in the place of a password"
            query={query}
          >
            {({ passkeys }) => <Passkeys passkeys={passkeys} onChange={change} />}
          </Panel>
        ) : null}
      </div>
    </>
  );
}

type OnChange = (asked: Promise<Sent<unknown>>) => Promise<void>;

function Sessions({
  sessions,
  onChange,
}: {
  sessions: SessionAnswer['sessions'];
  onChange: OnChange;
}) {
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
      <Table aria-label="Your sessions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Since</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>Browser</Table.Th>
            <Table.Th>Until</Table.Th>
            <Table.Th>Here</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map(({ id, createdAt, method, address, userAgent, expiresAt, isThis }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Time iso={createdAt} />
              </Table.Td>
              <Table.Td>{METHODS[method] ?? method}</Table.Td>
              <Table.Td>{address}</Table.Td>
              <Table.Td title={userAgent}>{nameBrowser(userAgent)}</Table.Td>
              <Table.Td>
                <Time iso={expiresAt} />
              </Table.Td>
              <Table.Td>
                {isThis ? (
                  <StatusBadge tone="accent">This one</StatusBadge>
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() =>
                      void onChange(sendJson(z.unknown(), `/api/session/${id}`, {}, 'DELETE'))
                    }
                  >
                    End it
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Passkeys({
  passkeys,
  onChange,
}: {
  passkeys: SessionAnswer['passkeys'];
  onChange: OnChange;
}) {
  const [isPossible, setPossible] = useState(false);
  useEffect(() => setPossible(canUsePasskeys()), []);

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = `${new FormData(form).get('name') ?? ''}`;
    void onChange(addPasskey(name)).then(() => form.reset());
  }

  return (
    <>
      <ul className={classes.passkeys}>
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id}>
            <b>{name}</b>
            <span>
              made <Time iso={createdAt} />, {lastUsedAt === null ? 'never used' : 'last used '}
              {lastUsedAt === null ? null : <Time iso={lastUsedAt} />}
            </span>
            <Button
              size="xs"
              variant="default"
              aria-label={`Remove the passkey ${name}`}
              onClick={() =>
                void onChange(
                  sendJson(
                    z.unknown(),
                    `/api/session/passkeys/${encodeURIComponent(id)}`,
                    {},
                    'DELETE',
                  ),
                )
              }
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {isPossible ? (
        <form onSubmit={add} className={classes.add}>
          <TextInput label="Name of a new passkey" name="name" placeholder="My laptop" required />
          <Button type="submit" variant="default">
            Add a passkey
          </Button>
        </form>
      ) : (
        <p className={classes.rights}>
          Passkeys need a name in the address: open the console as localhost rather than 127.0.0.1.
        </p>
      )}
    </>
  );
}
