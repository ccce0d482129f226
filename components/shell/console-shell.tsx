'use client';

import { ActionIcon, Burger, Tooltip, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useConsole } from '#components/console/use-console.tsx';
import { ShortcutCaps } from '#components/ui/key-caps.tsx';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import { useShortcuts } from '#components/ui/shortcuts.tsx';
import classes from './console-shell.module.css';
import { LiveIndicator } from './live-indicator.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { ColorSchemeSwitch, TimeZoneSwitch } from './view-settings.tsx';
import { SignInOffNotice, ViewerLink } from './viewer-link.tsx';

type DialogProps = { opened: boolean; onClose: () => void };

const CommandPalette = loadWhenOpened<DialogProps>({
  load: () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

const ShortcutsHelp = loadWhenOpened<DialogProps>({
  load: () => import('./shortcuts-help.tsx').then((module) => module.ShortcutsHelp),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

/** What stands around every page: navigation, search, live state, settings and keys. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const router = useRouter();
  const { pages, modules } = useConsole();
  const [navOpened, nav] = useDisclosure();
  const [helpOpened, help] = useDisclosure();
  const [paletteOpened, palette] = useDisclosure();

  useShortcuts([
    {
      id: 'palette',
      keys: 'mod+k',
      label: 'Search everything',
      group: 'Everywhere',
      run: palette.toggle,
      inDialogs: true,
    },
    {
      id: 'help',
      keys: '?',
      label: 'Keyboard shortcuts',
      group: 'Everywhere',
      run: help.open,
      inPalette: true,
    },
    ...pages.map(({ href, label, keys }) => ({
      id: `go ${href}`,
      ...(keys && { keys }),
      label: `Go to ${label}`,
      group: 'Pages',
      run: () => router.push(href),
    })),
    ...modules.flatMap(({ actions }) =>
      actions.map(({ label, href }) => ({
        id: `action ${href}`,
        label,
        group: 'Everywhere',
        inPalette: true,
        run: () => router.push(href),
      })),
    ),
  ]);

  return (
    <>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.header}>
        <Burger
          opened={navOpened}
          onClick={nav.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={navOpened ? 'Close the navigation' : 'Open the navigation'}
          aria-expanded={navOpened}
        />
        <UnstyledButton
          className={classes.search}
          onClick={palette.open}
          aria-label="Search everything"
        >
          <IconSearch size={16} aria-hidden />
          <span className={classes.searchText}>Search everything: events, pages, actions</span>
          <span className={classes.searchKeys}>
            <ShortcutCaps id="palette" />
          </span>
        </UnstyledButton>
        <div className={classes.tools}>
          <LiveIndicator />
          <TimeZoneSwitch />
          <ColorSchemeSwitch />
          <ViewerLink />
          <Tooltip
            label={
              <>
                Keyboard shortcuts <ShortcutCaps id="help" />
              </>
            }
          >
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              visibleFrom="sm"
              aria-label="Keyboard shortcuts"
              onClick={help.open}
            >
              <IconKeyboard size={19} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      <nav className={classes.navbar} data-opened={navOpened || undefined} aria-label="Pages">
        <div className={classes.brand}>
          <Link href="/" className={classes.brandLink} onClick={nav.close}>
            <Logo />
            Playhead
          </Link>
          <Burger
            opened
            onClick={nav.close}
            hiddenFrom="sm"
            size="sm"
            aria-label="Close the navigation"
          />
        </div>
        <Navigation onFollow={nav.close} />
      </nav>
      <main className={classes.main} id="content" tabIndex={-1}>
        <SignInOffNotice />
        <div className={classes.page}>{children}</div>
      </main>
      <CommandPalette opened={paletteOpened} onClose={palette.close} />
      <ShortcutsHelp opened={helpOpened} onClose={help.close} />
    </>
  );
}
