'use client';

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type Ref, useState } from 'react';
import { MOST_NAME_CHARACTERS } from './saved-view.ts';
import classes from './saved-views.module.css';

export type NameFormProps = {
  label: string;
  initial: string;
  /** It takes the focus when it appears. */
  focused?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  toButton: (name: string) => string;
  /** Why a view cannot be called so; null where it can. */
  toProblem: (name: string) => string | null;
  onSubmit: (name: string) => void;
};

/** Asks for a view's name. */
export function NameForm(props: NameFormProps) {
  const { label, initial, focused = false, inputRef, toButton, toProblem, onSubmit } = props;
  const [text, setText] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const name = text.trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = name === '' ? 'Give the view a name.' : toProblem(name);
    setProblem(found);
    if (found === null) {
      onSubmit(name);
    }
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        ref={inputRef}
        label={label}
        size="sm"
        value={text}
        maxLength={MOST_NAME_CHARACTERS}
        error={problem}
        autoFocus={focused}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="sm">
        {toButton(name)}
      </Button>
    </form>
  );
}
