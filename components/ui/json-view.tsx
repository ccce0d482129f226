'use client';

import { Button, Group } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { countOf } from '#lib/count-format.ts';
import { CopyButton } from './copy-button.tsx';
import { JsonLine } from './json-line.tsx';
import classes from './json-view.module.css';

/** Lines drawn before more are asked for, and drawn at most: beyond that, copying serves better. */
const FIRST_LINES = 40;
const MOST_LINES = 2_000;

export type JsonViewProps = {
  value: unknown;
  /** What it is: "Raw item". */
  label: string;
  defaultOpened?: boolean;
};

/** JSON that is written out only when it is opened, its first lines before the rest. */
export function JsonView({ value, label, defaultOpened = false }: JsonViewProps) {
  const [opened, setOpened] = useState(defaultOpened);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Chevron size={14} aria-hidden />}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        {label}
      </Button>
      {opened ? <OpenedJson value={value} label={label} /> : null}
    </div>
  );
}

function OpenedJson({ value, label }: { value: unknown; label: string }) {
  const [all, setAll] = useState(false);
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? 'undefined', [value]);
  const lines = useMemo(() => text.split('\n'), [text]);
  const shown = lines.slice(0, all ? MOST_LINES : FIRST_LINES);
  const left = lines.length - shown.length;
  return (
    <div className={classes.frame}>
      <div className={classes.copy}>
        <CopyButton value={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className={classes.scroll} tabIndex={0} aria-label={label}>
        <pre className={classes.lines}>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name
            <JsonLine key={index} line={line} />
          ))}
        </pre>
      </section>
      {left > 0 ? (
        <Group px="sm" pb="xs" gap="xs">
          {all ? (
            <span className={classes.rest}>
              {countOf(left, 'more line')} not drawn: copy the text for all of it.
            </span>
          ) : (
            <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
              Show {countOf(left, 'more line')}
            </Button>
          )}
        </Group>
      ) : null}
    </div>
  );
}
