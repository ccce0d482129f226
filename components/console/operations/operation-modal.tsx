'use client';

import { Modal } from '@mantine/core';
import { OperationForm, type OperationFormProps } from './operation-form.tsx';
import type { RequestOperation } from './send-request.ts';

/** A dialog that shows what an operation will do, asks why, and then shows what comes of it. */
export type OperationDialog = Omit<OperationFormProps, 'request' | 'onClose'> & {
  /** "Pause Accounts". */
  title: string;
};

/** It is asked for in drawers as well, which are 200. */
const ABOVE_DRAWERS = 250;

export type OperationModalProps = {
  opened: boolean;
  dialog: OperationDialog | null;
  /** Counts the intentions: each has a form of its own. */
  intention: number;
  request: RequestOperation;
  onClose: () => void;
};

/** The dialog of an operation that somebody is about to ask for. */
export function OperationModal(props: OperationModalProps) {
  const { opened, dialog, intention, request, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={dialog?.title}
      size="lg"
      centered
      zIndex={ABOVE_DRAWERS}
    >
      {dialog === null ? null : (
        <OperationForm {...dialog} key={intention} request={request} onClose={onClose} />
      )}
    </Modal>
  );
}
