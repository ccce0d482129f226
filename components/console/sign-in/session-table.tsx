import { Button, Table } from '@mantine/core';
import { z } from 'zod';
import { type Sent, sendJson } from '#components/ui/send-json.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SessionAnswer } from '#lib/contracts/sign-in.ts';
import { nameBrowser } from './name-browser.ts';

/** Waits for what was asked for, and shows what there is then. */
export type OnChange = (asked: Promise<Sent<unknown>>) => Promise<void>;

const METHODS: Readonly<Record<string, string>> = {
  password: 'Password',
  passkey: 'Passkey',
  provider: 'Provider',
  link: 'Link of the start',
  invitation: 'Invitation',
};

/** Where somebody is signed in; all but this session can be ended. */
export function SessionTable({
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
