'use client';

import { useRef } from 'react';
import { NewRowsPill } from '#components/ui/new-rows-pill.tsx';
import classes from './fresh-events.module.css';

export type FreshEventsProps = {
  /** How many events wait. */
  count: number;
  loading: boolean;
  onShow: () => void;
};

/** Events that wait above a list, seen from anywhere in it; showing them leads to the list's top. */
export function FreshEvents({ count, loading, onShow }: FreshEventsProps) {
  const top = useRef<HTMLDivElement>(null);
  function show() {
    onShow();
    if (top.current && top.current.getBoundingClientRect().top < 0) {
      top.current.scrollIntoView();
    }
  }
  return (
    <>
      <div ref={top} className={classes.top} />
      <div className={classes.place}>
        <NewRowsPill count={count} noun="event" loading={loading} onShow={show} />
      </div>
    </>
  );
}
