'use client';

import { Tooltip } from '@mantine/core';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useConsole } from '#components/console/use-console.tsx';
import { KeyCaps } from '#components/ui/key-caps.tsx';
import { useHolds } from '#components/ui/viewer.tsx';
import classes from './navigation.module.css';
import { isWithin } from './pages.ts';

/** The console's pages that the viewer may see; `onFollow` closes the navigation of a small screen. */
export function Navigation({ onFollow }: { onFollow: () => void }) {
  const pathname = usePathname();
  const { pages } = useConsole();
  const holds = useHolds();
  return (
    <ul className={classes.list}>
      {pages
        .filter(({ right }) => holds(right))
        .map(({ href, label, icon: Icon, keys }) => {
          const active = isWithin(pathname, href);
          return (
            <li key={href}>
              <Tooltip
                label={<KeyCaps keys={keys ?? ''} />}
                disabled={keys === undefined}
                position="right"
                openDelay={700}
              >
                <Link
                  href={href}
                  className={classes.link}
                  aria-current={active ? 'page' : undefined}
                  onClick={onFollow}
                >
                  <Icon size={18} stroke={1.7} aria-hidden />
                  {label}
                </Link>
              </Tooltip>
            </li>
          );
        })}
    </ul>
  );
}
