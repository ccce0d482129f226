import { IconArrowRight } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Tone } from '#components/ui/tone.ts';
import classes from './tile.module.css';

export type TileProps = {
  label: string;
  value: ReactNode;
  /** One line under the figure. */
  detail?: ReactNode;
  /** Where the number can be acted on, and what that is called. */
  href: string;
  linkText: string;
  tone?: Tone;
};

/** A figure that leads to where one can act on it. */
export function Tile({ label, value, detail, href, linkText, tone }: TileProps) {
  return (
    <Link href={href} className={classes.tile} data-tone={tone} title={linkText}>
      <span className={classes.label}>
        {label}
        <IconArrowRight size={15} aria-hidden className={classes.arrow} />
      </span>
      <span className={classes.value}>{value}</span>
      <span className={classes.detail}>{detail}</span>
    </Link>
  );
}
