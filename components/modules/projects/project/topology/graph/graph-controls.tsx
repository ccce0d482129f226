'use client';

import { ActionIcon, Group } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type FitViewOptions, useReactFlow } from '@xyflow/react';
import { useShortcuts } from '#components/ui/shortcuts.tsx';

/** Zooms the graph and fits it into its frame, by buttons and keys. */
export function GraphControls({ fit }: { fit: FitViewOptions }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const group = 'Graph';
  const actions = [
    { id: 'graph-zoom-in', keys: '+', label: 'Zoom in', icon: IconPlus, run: () => void zoomIn() },
    {
      id: 'graph-zoom-out',
      keys: '-',
      label: 'Zoom out',
      icon: IconMinus,
      run: () => void zoomOut(),
    },
    {
      id: 'graph-fit',
      keys: '0',
      label: 'Fit the graph into its frame',
      icon: IconMaximize,
      run: () => void fitView(fit),
    },
  ];
  useShortcuts(actions.map(({ icon: _, ...action }) => ({ ...action, group })));
  return (
    <Group gap={4} role="group" aria-label="Zoom">
      {actions.map(({ id, keys, label, icon: Glyph, run }) => (
        <ActionIcon
          key={id}
          variant="default"
          size={30}
          aria-label={label}
          title={`${label} (${keys})`}
          onClick={run}
        >
          <Glyph size={16} aria-hidden />
        </ActionIcon>
      ))}
    </Group>
  );
}
