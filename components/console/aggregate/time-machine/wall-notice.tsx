'use client';

import { Alert, Button } from '@mantine/core';
import { IconWall } from '@tabler/icons-react';
import { formatCount } from '#lib/count-format.ts';

export type WallNoticeProps = {
  noun: string;
  wall: { readonly sequence: number; readonly sentence: string };
  onGo: (sequence: number) => void;
};

/** Stands in the place of a state that nobody knows: the event that cannot be folded, and why. */
export function WallNotice({ noun, wall, onGo }: WallNoticeProps) {
  const before = wall.sequence - 1;
  return (
    <Alert
      color="red"
      radius="lg"
      title={`The ${noun} cannot be known from event ${formatCount(wall.sequence)} on`}
      icon={<IconWall aria-hidden />}
    >
      <p>{wall.sentence} A program that can read it shows what came after.</p>
      <Button size="xs" variant="default" onClick={() => onGo(before)}>
        {before === 0
          ? 'To before the first event'
          : `To event ${formatCount(before)}, the last one known`}
      </Button>
    </Alert>
  );
}
