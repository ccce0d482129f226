'use client';

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { z } from 'zod';
import { sendJson } from '#components/ui/send-json.ts';
import { Time } from '#components/ui/time.tsx';
import type { SessionAnswer } from '#lib/contracts/sign-in.ts';
import { addPasskey, canUsePasskeys } from './passkeys.ts';
import classes from './session-page.module.css';
import type { OnChange } from './session-table.tsx';

/** Somebody's passkeys, and a form for another one. */
export function PasskeyList({
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
