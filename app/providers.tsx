'use client';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { theme, toCssVariables } from '#components/shell/theme.ts';
import { LiveProvider } from '#components/ui/live-provider.tsx';
import { PreferencesProvider } from '#components/ui/preferences.tsx';
import { createQueryClient } from '#components/ui/query-client.ts';
import { ShortcutProvider } from '#components/ui/shortcuts.tsx';

/** Everything that the whole console shares in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={toCssVariables} defaultColorScheme="auto">
      <NuqsAdapter>
        <QueryClientProvider client={queryClient}>
          <PreferencesProvider>
            <ShortcutProvider>
              <LiveProvider>{children}</LiveProvider>
            </ShortcutProvider>
          </PreferencesProvider>
        </QueryClientProvider>
      </NuqsAdapter>
      <Notifications position="bottom-right" />
    </MantineProvider>
  );
}
