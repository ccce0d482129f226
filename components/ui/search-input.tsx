'use client';

import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { ShortcutCaps } from './key-caps.tsx';

export type SearchInputProps = {
  /** What is searched for now: the URL's word. */
  value: string;
  /** Called when the reader has stopped typing for a moment. */
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
  ref?: Ref<HTMLInputElement>;
};

/** A search over everything on the server, a moment after the last key. */
export function SearchInput({ value, onChange, label, placeholder, ref }: SearchInputProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((next: string) => {
    sent.current = next;
    onChange(next);
  }, 200);

  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);

  function change(next: string) {
    setText(next);
    send(next);
  }

  return (
    <TextInput
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      maxLength={200}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} />
        ) : (
          <ShortcutCaps id="search" />
        )
      }
    />
  );
}
