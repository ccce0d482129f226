'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { ApiError } from './api-client.ts';
import classes from './query-error.module.css';

export type QueryErrorProps = {
  error: unknown;
  retry: () => void;
  retrying: boolean;
  /** A line over what was shown before, instead of a block in its place. */
  compact?: boolean;
  /** What could not be had: "Accounts". */
  what: string;
};

/** Says what went wrong, in the server's words, and lets the reader try again. */
export function QueryError({ error, retry, retrying, compact = false, what }: QueryErrorProps) {
  const { sentence, code } = explain(error, compact);
  return (
    <div className={compact ? classes.line : classes.block} role="alert">
      <IconAlertTriangle size={compact ? 16 : 22} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <p className={classes.title}>
          {compact ? `${what}: not refreshed.` : `${what} could not be loaded.`}
        </p>
        <p className={classes.sentence}>
          {sentence} {code ? <code className={classes.code}>{code}</code> : null}
        </p>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={retrying}
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={retry}
        aria-label={`Try ${what.toLowerCase()} again`}
      >
        Try again
      </Button>
    </div>
  );
}

function explain(error: unknown, compact: boolean): { sentence: string; code: string | null } {
  if (error instanceof ApiError) {
    const again = compact || error.retryAfterMs === null ? '' : ' This page does so by itself.';
    return { sentence: error.message + again, code: error.code };
  }
  return { sentence: 'Something unexpected happened in this page.', code: null };
}
