'use client';

import { type ComponentType, useEffect, useState } from 'react';

export type WhenOpened<Props> = {
  readonly load: () => Promise<ComponentType<Props>>;
  readonly isOpened: (props: Props) => boolean;
  /** The props that close it. */
  readonly closed: Partial<Props>;
};

/**
 * A dialog or drawer whose code is loaded when the browser has nothing else to do, or when it opens, so
 * that it is no part of the page's first load, and yet takes the first keys that are typed into it.
 */
export function loadWhenOpened<Props extends object>(
  what: WhenOpened<Props>,
): ComponentType<Props> {
  return (props) => <LoadedWhenOpened what={what} props={props} />;
}

type LoadedProps<Props> = { what: WhenOpened<Props>; props: Props };

/** It is there closed before it opens: only so does it know what had the focus, and gives it back. */
function LoadedWhenOpened<Props extends object>({ what, props }: LoadedProps<Props>) {
  const opened = what.isOpened(props);
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  const [mounted, setMounted] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (opened) {
      what.load().then((component) => setLoaded(() => component), setFailure);
      return undefined;
    }
    // What fails now is tried again when it opens.
    return whenIdle(() =>
      what.load().then(
        (component) => setLoaded(() => component),
        () => {},
      ),
    );
  }, [opened, what]);
  useEffect(() => setMounted(Loaded !== null), [Loaded]);
  if (failure !== null) {
    // The page's error boundary says so, and offers to try again.
    throw failure;
  }
  return Loaded === null ? null : <Loaded {...props} {...(mounted ? undefined : what.closed)} />;
}

/** Calls once the browser is idle; returns what keeps it from that. Safari knows no idle time. */
function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(call, 1_000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
