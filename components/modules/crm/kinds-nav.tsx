import { Anchor } from '@mantine/core';
import Link from 'next/link';
import { CRM_ENTITIES } from '#lib/modules/crm/entities.ts';
import classes from './crm.module.css';

const PLACES = [
  ...CRM_ENTITIES.map(({ plural, title }) => ({
    href: `/crm/${plural}`,
    label: title,
  })),
  { href: '/crm/messages', label: 'Refused messages' },
];

/** From one kind of record to another. */
export function KindsNav({ current }: { current: string }) {
  return (
    <nav className={classes.kinds} aria-label="CRM">
      {PLACES.map(({ href, label }) => (
        <Anchor
          key={href}
          component={Link}
          href={href}
          inherit
          aria-current={href === current ? 'page' : undefined}
        >
          {label}
        </Anchor>
      ))}
    </nav>
  );
}
