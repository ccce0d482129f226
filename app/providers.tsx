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
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { theme, toCssVariables } from '#components/shell/theme.ts';
import { LiveProvider } from '#components/ui/live-provider.tsx';
import { NotificationCorner } from '#components/ui/notification-corner.tsx';
import { PreferencesProvider } from '#components/ui/preferences.tsx';
import { createQueryClient } from '#components/ui/query-client.ts';
import { ShortcutProvider } from '#components/ui/shortcuts.tsx';
import { ViewerProvider } from '#components/ui/viewer.tsx';
import type { Viewer } from '#lib/contracts/sign-in.ts';

type ProvidersProps = {
  /** Undefined while a database that would tell is down. */
  viewer: Viewer | undefined;
  children: ReactNode;
};

/** Everything that the whole console shares in the browser, and its frame for who is signed in. */
export function Providers({ viewer, children }: ProvidersProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={toCssVariables} defaultColorScheme="auto">
      {viewer?.kind === 'nobody' ? (
        children
      ) : (
        <ViewerProvider viewer={viewer}>
          <Console>{children}</Console>
        </ViewerProvider>
      )}
      <NotificationCorner />
    </MantineProvider>
  );
}

function Console({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queryClient}>
        <PreferencesProvider>
          <ShortcutProvider>
            <LiveProvider>
              <ConsoleProvider modules={CONSOLE_MODULES}>
                <OperationProvider request={requestOperation}>
                  <PreviewProvider preview={previewCommand}>
                    <ConsoleShell>{children}</ConsoleShell>
                  </PreviewProvider>
                </OperationProvider>
              </ConsoleProvider>
            </LiveProvider>
          </ShortcutProvider>
        </PreferencesProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
