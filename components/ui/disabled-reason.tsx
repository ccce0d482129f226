'use client';

import { Tooltip, VisuallyHidden } from '@mantine/core';
import { cloneElement, type MouseEvent, type ReactElement, useId } from 'react';

type Control = ReactElement<{
  'aria-disabled'?: boolean;
  'aria-describedby'?: string;
  'data-disabled'?: boolean;
  onClick?: (event: MouseEvent) => void;
}>;

/**
 * A button that says why it cannot be used: by tooltip, and to a screen reader. With a reason the
 * control stays in the order of focus (a natively disabled one would be mute) and does nothing,
 * also as a form's submit button; with null it is the control as it is.
 */
export function DisabledReason({ reason, children }: { reason: string | null; children: Control }) {
  const id = useId();
  if (reason === null) {
    return children;
  }
  return (
    <>
      <Tooltip
        label={reason}
        multiline
        maw={320}
        events={{ hover: true, focus: true, touch: true }}
      >
        {cloneElement(children, {
          'aria-disabled': true,
          'aria-describedby': id,
          'data-disabled': true,
          onClick: (event: MouseEvent) => event.preventDefault(),
        })}
      </Tooltip>
      <VisuallyHidden id={id}>{reason}</VisuallyHidden>
    </>
  );
}
