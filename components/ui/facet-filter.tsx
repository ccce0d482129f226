'use client';

import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { formatCount } from '#lib/count-format.ts';
import classes from './facet-filter.module.css';

/** Values with how many rows have each, where that is counted. */
export type Facet = readonly { readonly value: string; readonly count?: number }[];

export type FacetFilterProps = {
  label: string;
  /** Undefined while it is loading. */
  facet: Facet | undefined;
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** A value in words; the value itself when left out. */
  toText?: (value: string) => string;
};

/** A filter by one property: each value, of everything on the server. */
export function FacetFilter({ label, facet, selected, onChange, toText }: FacetFilterProps) {
  const options = withSelected(facet ?? [], selected);
  const name = (value: string) => toText?.(value) ?? value;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus width={260}>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className={classes.target}
          data-active={selected.length > 0 || undefined}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {label}{' '}
          {selected.length > 0 ? (
            <span className={classes.selected}>
              {selected.length === 1 ? name(selected[0] ?? '') : selected.length}
            </span>
          ) : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={label}>
        <div className={classes.options}>
          <Checkbox.Group value={[...selected]} onChange={onChange} aria-label={label}>
            <Stack gap={2}>
              {options.map(({ value, count }) => (
                <Checkbox
                  key={value}
                  value={value}
                  size="xs"
                  className={classes.option}
                  classNames={{ body: classes.body, labelWrapper: classes.labelWrapper }}
                  label={
                    <span className={classes.line}>
                      <span className={classes.name}>{name(value)}</span>
                      {count === undefined ? null : (
                        <span className={classes.count}>{formatCount(count)}</span>
                      )}
                    </span>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {options.length === 0 ? (
            <p className={classes.none}>Nothing to choose from yet.</p>
          ) : null}
        </div>
        {selected.length > 0 ? (
          <Button mt="xs" fullWidth variant="subtle" size="compact-sm" onClick={() => onChange([])}>
            Clear
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

/** A selected value stays in the list when no row has it any more, so that it can be taken back. */
function withSelected(facet: Facet, selected: readonly string[]): Facet {
  const known = new Set(facet.map(({ value }) => value));
  const gone = selected.filter((value) => !known.has(value));
  return [...facet, ...gone.map((value) => ({ value, count: 0 }))];
}
