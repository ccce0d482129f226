'use client';

import { useOperationDialog } from '#components/console/operations/operation-provider.tsx';
import { toRetryDetails } from '#components/console/operations/retry-details.tsx';
import { toAlertDialogs } from '#components/console/overview/alert-dialogs.ts';
import { toAttention } from '#components/console/overview/attention.ts';
import { HOT_CONSUMER, JOURNAL } from '#components/console/projections/followers.ts';
import {
  PAUSE_EFFECT,
  PAUSE_HOT_EFFECT,
  RESUME_EFFECT,
} from '#components/console/projections/pause-effects.ts';
import { toRebuildPath } from '#components/console/projections/rebuild-path.ts';
import { toRestartDialog } from '#components/console/projections/restart-worker-button.tsx';
import { toThresholdDialog } from '#components/console/projections/threshold-dialogs.ts';
import { useServerNow, useSystem } from '#components/console/system/use-system.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { DEFAULT_LAG_THRESHOLD_SECONDS } from '#lib/lag-threshold.ts';
import type { PaletteOperation } from './palette-entries.ts';

/** What an operator can have done to views, dead letters and alerts: each opens its dialog, or the page where it begins. */
export function useOperationEntries(): PaletteOperation[] {
  const words = useConsole();
  const { nameView } = words;
  const now = useServerNow();
  const open = useOperationDialog();
  const { data } = useSystem();
  const projections = data?.known.lag?.projections ?? [];
  const hotViews = data?.hotViews ?? [];
  const paused = new Set(
    (data?.views ?? []).filter(({ state }) => state === 'paused').map(({ view }) => view),
  );
  const alerts = data ? toAttention(words, data, now) : [];
  const pausable = [...projections.map(({ name }) => name), HOT_CONSUMER];
  const rebuildable = [...projections, ...hotViews].map(({ name }) => name);
  return [
    ...pausable.map((projection): PaletteOperation => {
      const isPaused = paused.has(projection);
      const title = `${isPaused ? 'Resume' : 'Pause'} ${nameView(projection).label}`;
      return {
        id: `pause ${projection}`,
        label: title,
        target: {
          run: () =>
            open({
              kind: isPaused ? 'resume-projection' : 'pause-projection',
              input: { projection },
              label: isPaused ? 'Resume' : 'Pause',
              title,
              effect: isPaused
                ? RESUME_EFFECT
                : projection === HOT_CONSUMER
                  ? PAUSE_HOT_EFFECT
                  : PAUSE_EFFECT,
            }),
        },
      };
    }),
    ...[JOURNAL, ...pausable].map((name): PaletteOperation => {
      const { label } = nameView(name);
      const seconds = data?.views.find(({ view }) => view === name)?.thresholdSeconds;
      const dialog = toThresholdDialog(name, label, seconds ?? DEFAULT_LAG_THRESHOLD_SECONDS);
      return { id: `threshold ${name}`, label: dialog.title, target: { run: () => open(dialog) } };
    }),
    ...alerts.flatMap((alert) =>
      toAlertDialogs(alert, now).map(
        (dialog): PaletteOperation => ({
          id: `${dialog.kind} ${alert.id}`,
          label: dialog.title,
          target: { run: () => open(dialog) },
        }),
      ),
    ),
    ...rebuildable.map((name) => ({
      id: `rebuild ${name}`,
      label: `Rebuild ${nameView(name).label}`,
      target: { href: toRebuildPath(name) },
    })),
    {
      id: 'retry all',
      label: 'Retry all dead letters',
      target: {
        run: () =>
          open({
            kind: 'retry-dead-letters',
            input: { filter: {} },
            label: 'Retry all',
            title: 'Retry all dead letters',
            effect:
              'Each dead letter, in every view, is tried again once, and behind it what waits, in order. What fails again waits again; nothing is lost.',
            toDetails: toRetryDetails,
          }),
      },
    },
    ...(data?.launcher
      ? [
          {
            id: 'restart worker',
            label: 'Restart the worker',
            target: { run: () => open(toRestartDialog(data.launcher)) },
          },
        ]
      : []),
    { id: 'reconcile', label: 'Reconcile views with events', target: { href: '/integrity' } },
  ];
}
