'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchApi } from '#components/ui/api-client.ts';
import { notify } from '#components/ui/notify.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { sessionAnswerSchema } from '#lib/contracts/sign-in.ts';
import { PasskeyList } from './passkey-list.tsx';
import classes from './session-page.module.css';
import { SessionTable } from './session-table.tsx';

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
    const answer = await sendJson(z.unknown(), '/api/session', {}, 'DELETE');
    if (answer.ok) {
      window.location.assign('/sign-in');
    } else {
      notify({ color: 'red', title: 'You are still signed in', message: answer.message });
    }
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
          {({ sessions }) => <SessionTable sessions={sessions} onChange={change} />}
        </Panel>
        {viewer?.kind === 'person' ? (
          <Panel
            title="Passkeys"
            subtitle="By fingerprint, face or key, in the place of a password"
            query={query}
          >
            {({ passkeys }) => <PasskeyList passkeys={passkeys} onChange={change} />}
          </Panel>
        ) : null}
      </div>
    </>
  );
}
