'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { loadWhenOpened } from '#components/ui/load-when-opened.tsx';
import type { OperationDialog, OperationModalProps } from './operation-modal.tsx';
import type { RequestOperation } from './send-request.ts';

const OperationModal = loadWhenOpened<OperationModalProps>({
  load: () => import('./operation-modal.tsx').then((module) => module.OperationModal),
  isOpened: ({ opened }) => opened,
  closed: { opened: false },
});

type Operations = {
  readonly open: (dialog: OperationDialog) => void;
  readonly request: RequestOperation;
  /** The dialog is open. */
  readonly opened: boolean;
};

const OperationContext = createContext<Operations | null>(null);

export type OperationProviderProps = { request: RequestOperation; children: ReactNode };

/**
 * Keeps the dialog of the operation that somebody is about to ask for: what it is asked on may be gone,
 * a banner for one, before its outcome was read.
 */
export function OperationProvider({ request, children }: OperationProviderProps) {
  const [dialog, setDialog] = useState<OperationDialog | null>(null);
  const [opened, setOpened] = useState(false);
  const [intention, setIntention] = useState(0);
  const open = (next: OperationDialog) => {
    setDialog(next);
    setIntention((count) => count + 1);
    setOpened(true);
  };
  const close = () => setOpened(false);
  return (
    <OperationContext value={{ open, request, opened }}>
      {children}
      <OperationModal
        opened={opened}
        dialog={dialog}
        intention={intention}
        request={request}
        onClose={close}
      />
    </OperationContext>
  );
}

/** Opens the dialog of an operation. */
export function useOperationDialog(): Operations['open'] {
  return useOperations().open;
}

/** Asks for an operation without a dialog: for those that only read. */
export function useRequestOperation(): RequestOperation {
  return useOperations().request;
}

function useOperations(): Operations {
  const operations = useContext(OperationContext);
  if (operations === null) {
    throw new Error('There is no OperationProvider around this.');
  }
  return operations;
}

/** Closes what an operation's dialog stands over, but not by the Escape that is meant for the dialog. */
export function useCloseBehind(close: () => void): () => void {
  const { opened } = useOperations();
  return opened ? () => undefined : close;
}
