'use client';

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { ApiError, fetchApi } from '#components/ui/api-client.ts';
import { usePreferences } from '#components/ui/preferences.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import { sequenceAtSchema } from '#lib/contracts/queries.ts';
import { formatCount } from '#lib/count-format.ts';
import { aggregatePath } from '../aggregate-queries.ts';
import classes from './jump-form.module.css';
import { readJumpTarget } from './jump-target.ts';

export type JumpFormProps = {
  aggregateId: string;
  version: number;
  onJump: (sequence: number) => void;
};

/** Goes to a sequence, or to the last event at or before a time. */
export function JumpForm({ aggregateId, version, onJump }: JumpFormProps) {
  const { timeZone } = usePreferences();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  useShortcuts([
    {
      id: 'time-machine-jump',
      keys: 'j',
      label: 'Jump to a sequence or a time',
      group: 'Time machine',
      run: () => input.current?.focus(),
    },
  ]);

  async function jump(event: FormEvent) {
    event.preventDefault();
    const target = readJumpTarget(text, timeZone);
    setProblem(null);
    switch (target.kind) {
      case 'unclear':
        return setProblem(target.problem);
      case 'sequence':
        return target.sequence > version
          ? setProblem(`There are the positions 0 to ${formatCount(version)}.`)
          : onJump(target.sequence);
      case 'time':
        return jumpToTime(target.time);
    }
  }

  async function jumpToTime(time: string) {
    setAsking(true);
    try {
      const path = aggregatePath(aggregateId, 'at');
      onJump((await fetchApi(sequenceAtSchema, path, { params: { time } })).sequence);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'The time could not be looked up.');
    }
    setAsking(false);
  }

  return (
    <form className={classes.form} onSubmit={(event) => void jump(event)} aria-label="Jump">
      <TextInput
        ref={input}
        size="sm"
        aria-label="Jump to a sequence or a time"
        placeholder="120 or 2026-11-03 14:00"
        className={classes.input}
        value={text}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="sm" loading={asking}>
        Jump
      </Button>
    </form>
  );
}
