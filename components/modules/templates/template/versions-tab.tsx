'use client';

import { Code, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchApi } from '#components/ui/api-client.ts';
import { Panel, PanelFrame } from '#components/ui/panel.tsx';
import {
  type TemplateAnswer,
  templateAnswerSchema,
  templateDifferenceSchema,
} from '#lib/modules/templates/queries.ts';

const MARKS = { same: ' ', removed: '-', added: '+' } as const;
const VALIDITY = { unknown: 'Not validated', valid: 'Valid', invalid: 'Invalid' } as const;

/** Each version's text and problems, and what is different from another one. */
export function VersionsTab({ answer }: { answer: TemplateAnswer }) {
  const { templateId, versions } = answer;
  const newest = `${versions[0]?.number ?? 1}`;
  const [chosen, setChosen] = useState<string | null>(null);
  const [against, setAgainst] = useState<string | null>(null);
  const shown = chosen ?? newest;
  const path = `/api/templates/${encodeURIComponent(templateId)}`;
  const text = useQuery({
    queryKey: ['template-text', templateId, shown],
    queryFn: ({ signal }) => fetchApi(templateAnswerSchema, path, { params: { shown }, signal }),
  });
  const difference = useQuery({
    queryKey: ['template-difference', templateId, against, shown],
    queryFn: ({ signal }) =>
      fetchApi(templateDifferenceSchema, `${path}/difference`, {
        params: { from: against, to: shown },
        signal,
      }),
    enabled: against !== null,
  });
  const version = versions.find(({ number }) => `${number}` === shown);
  const numbers = versions.map(({ number }) => ({
    value: `${number}`,
    label: `Version ${number}`,
  }));
  return (
    <Stack>
      <Group>
        <Select
          label="Version"
          data={numbers}
          value={shown}
          onChange={setChosen}
          allowDeselect={false}
        />
        <Select
          label="Compare with"
          placeholder="No other version"
          data={numbers.filter(({ value }) => value !== shown)}
          value={against}
          onChange={setAgainst}
          clearable
        />
      </Group>
      {version ? (
        <PanelFrame title="Validation">
          <p>{VALIDITY[version.validity]}</p>
          <ul aria-label="Problems">
            {version.problems.map(({ message, line, column, parameter }) => (
              <li key={`${line} ${column} ${parameter} ${message}`}>
                {line === undefined ? '' : `Line ${line}, column ${column ?? 1}: `}
                {parameter === undefined ? '' : `Parameter ${parameter}: `}
                {message}
              </li>
            ))}
          </ul>
        </PanelFrame>
      ) : null}
      {against === null ? (
        <Panel title={`Text of version ${shown}`} query={text}>
          {(found) => (
            <Code block tabIndex={0}>
              {found.text}
            </Code>
          )}
        </Panel>
      ) : (
        <Panel
          title={`Difference from version ${against} to version ${shown}`}
          subtitle="Lines with + were added, lines with - were removed"
          query={difference}
        >
          {({ lines, parameters }) => (
            <>
              {(['added', 'removed', 'changed'] as const).map((kind) =>
                parameters[kind].length === 0 ? null : (
                  <p key={kind}>
                    Parameters {kind}: {parameters[kind].join(', ')}.
                  </p>
                ),
              )}
              <Code block tabIndex={0}>
                {lines.map(({ mark, text: line }) => `${MARKS[mark]} ${line}`).join('\n')}
              </Code>
            </>
          )}
        </Panel>
      )}
    </Stack>
  );
}
