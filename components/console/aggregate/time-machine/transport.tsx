'use client';

import { ActionIcon, Button, Group, SegmentedControl, Tooltip } from '@mantine/core';
import {
  type Icon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import { DisabledReason } from '#components/ui/disabled-reason.tsx';
import { SPEEDS, type Speed } from './playback.ts';

export type TransportProps = {
  position: number;
  version: number;
  playing: boolean;
  speed: Speed;
  following: boolean;
  onGo: (sequence: number) => void;
  onFollow: () => void;
  onToggle: () => void;
  onSpeed: (speed: Speed) => void;
};

/** First, back, play, forward, last; and how fast. */
export function Transport({
  position,
  version,
  playing,
  speed,
  following,
  onGo,
  onFollow,
  onToggle,
  onSpeed,
}: TransportProps) {
  const atStart = position === 0 ? 'This is before the first event.' : null;
  const atEnd = position === version ? 'This is the newest event.' : null;
  return (
    <Group gap="sm">
      <Group gap={4} role="group" aria-label="Playback">
        <Step
          label="First (Home)"
          icon={IconPlayerSkipBack}
          reason={atStart}
          onClick={() => onGo(0)}
        />
        <Step
          label="One event back (←)"
          icon={IconPlayerTrackPrev}
          reason={atStart}
          onClick={() => onGo(position - 1)}
        />
        <Button
          size="sm"
          w={104}
          leftSection={
            playing ? (
              <IconPlayerPause size={16} aria-hidden />
            ) : (
              <IconPlayerPlay size={16} aria-hidden />
            )
          }
          onClick={onToggle}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <Step
          label="One event forward (→)"
          icon={IconPlayerTrackNext}
          reason={atEnd}
          onClick={() => onGo(position + 1)}
        />
        <Step
          label="Last (End)"
          icon={IconPlayerSkipForward}
          reason={atEnd}
          onClick={() => onGo(version)}
        />
      </Group>
      <Tooltip label="Events a second while playing">
        <SegmentedControl
          size="xs"
          aria-label="Speed"
          value={String(speed)}
          onChange={(chosen) => onSpeed(SPEEDS.find((one) => String(one) === chosen) ?? speed)}
          data={SPEEDS.map((one) => ({ value: String(one), label: `${one}×` }))}
        />
      </Tooltip>
      {following ? null : (
        <Button variant="subtle" size="compact-sm" onClick={onFollow}>
          Follow the newest
        </Button>
      )}
    </Group>
  );
}

type StepProps = {
  label: string;
  icon: Icon;
  reason: string | null;
  onClick: () => void;
};

function Step({ label, icon: Glyph, reason, onClick }: StepProps) {
  return (
    <DisabledReason reason={reason}>
      <ActionIcon
        variant="default"
        size={34}
        aria-label={label}
        title={reason === null ? label : undefined}
        onClick={onClick}
      >
        <Glyph size={16} aria-hidden />
      </ActionIcon>
    </DisabledReason>
  );
}
