'use client';

import { Alert, Anchor, Button, Table, Textarea } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { PageHeader } from '#components/ui/page-header.tsx';
import { PanelFrame } from '#components/ui/panel.tsx';
import { sendJson } from '#components/ui/send-json.ts';
import { countOf } from '#lib/count-format.ts';
import type { CrmEntity, EntityName } from '#lib/modules/crm/entities.ts';
import { MAPPINGS } from '#lib/modules/crm/mappings.ts';
import { type MappingTrial, mappingTrialSchema } from '#lib/modules/crm/queries.ts';
import classes from './crm.module.css';
import { KindsNav } from './kinds-nav.tsx';

type Outcome = { readonly trial: MappingTrial } | { readonly problem: string };

/** How a kind of record is normalised, and what another mapping would make of the records that there are. */
export function MappingPage({
  entity: { plural, noun, entityName, viewName },
}: {
  entity: CrmEntity & { readonly entityName: EntityName };
}) {
  const mapping = MAPPINGS[entityName];
  const [text, setText] = useState(() => JSON.stringify(mapping, null, 2));
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isTrying, setTrying] = useState(false);

  async function tryIt(): Promise<void> {
    setTrying(true);
    setOutcome(await askForTrial(plural, text));
    setTrying(false);
  }

  return (
    <>
      <KindsNav current={`/crm/${plural}`} />
      <PageHeader
        title={`Mapping of ${plural}`}
        subtitle={`Version ${mapping.version}: how a ${noun} of the CRM becomes one of ours`}
      />
      <PanelFrame
        title="Try a change"
        subtitle="On the records that changed last. Nothing is written: a mapping is taken by a release that raises its version, and a rebuild"
        flush
      >
        <div className={classes.form}>
          <Textarea
            label="Mapping"
            description="Of each field: its name, the fields of the CRM that it comes from, and its type: text, list, date, date-time, boolean or number"
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            classNames={{ input: classes.code ?? '' }}
            spellCheck={false}
            autosize
            minRows={8}
            maxRows={24}
          />
          <div>
            <Button loading={isTrying} onClick={() => void tryIt()}>
              Try it
            </Button>{' '}
            <Anchor component={Link} inherit href={`/projections/${viewName}/rebuild`}>
              Rebuild {viewName}
            </Anchor>
          </div>
          {outcome === null ? null : 'problem' in outcome ? (
            <Alert color="red" role="alert">
              {outcome.problem}
            </Alert>
          ) : (
            <p role="status">
              {outcome.trial.different} of {countOf(outcome.trial.tried, 'record')} would change.
            </p>
          )}
        </div>
        {outcome !== null && 'trial' in outcome && outcome.trial.items.length > 0 ? (
          <TrialTable trial={outcome.trial} plural={plural} />
        ) : null}
      </PanelFrame>
    </>
  );
}

async function askForTrial(plural: string, text: string): Promise<Outcome> {
  let mapping: unknown;
  try {
    mapping = JSON.parse(text);
  } catch {
    return { problem: 'This is not JSON.' };
  }
  const answer = await sendJson(mappingTrialSchema, `/api/crm/${plural}/mapping-trial`, {
    mapping,
  });
  return answer.ok ? { trial: answer.answer } : { problem: answer.message };
}

function TrialTable({ trial, plural }: { trial: MappingTrial; plural: string }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
      <Table className={classes.table} aria-label="What would change">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Record</Table.Th>
            <Table.Th>Field</Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trial.items.flatMap(({ recordId, title, fields }) =>
            fields.map(({ name, serving, tried }) => (
              <Table.Tr key={`${recordId} ${name}`}>
                <Table.Td>
                  <Anchor component={Link} inherit href={`/crm/${plural}/${recordId}`}>
                    {title}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <code>{name}</code>
                </Table.Td>
                <Table.Td>{serving ?? '—'}</Table.Td>
                <Table.Td>{tried ?? '—'}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
