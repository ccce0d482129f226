'use client';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { previewCommand } from '#app/actions/preview-command.ts';
import { requestOperation } from '#app/actions/request-operation.ts';
import { PreviewProvider } from '#components/console/commands/preview-provider.tsx';
import { OperationProvider } from '#components/console/operations/operation-provider.tsx';
import { ConsoleProvider } from '#components/console/use-console.tsx';
import { CONSOLE_MODULES } from '#components/modules/index.ts';
import { theme, toCssVariables } from '#components/shell/theme.ts';
import { LiveProvider } from '#components/ui/live-provider.tsx';
import { NotificationCorner } from '#components/ui/notification-corner.tsx';
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
              <LiveProvider>
                <ConsoleProvider modules={CONSOLE_MODULES}>
                  <OperationProvider request={requestOperation}>
                    <PreviewProvider preview={previewCommand}>{children}</PreviewProvider>
                  </OperationProvider>
                </ConsoleProvider>
              </LiveProvider>
            </ShortcutProvider>
          </PreferencesProvider>
        </QueryClientProvider>
      </NuqsAdapter>
      <NotificationCorner />
    </MantineProvider>
  );
}
