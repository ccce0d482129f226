'use client';

import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { type FormField, toFormFields } from '#lib/contracts/form-fields.ts';
import {
  addServiceSchema,
  archiveProjectSchema,
  changeProjectConfigurationSchema,
  removeServiceSchema,
  serviceLinkSchema,
} from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { commandsOf } from '#lib/rights.ts';

export type ProjectCommandsProps = {
  projectId: string;
  isArchived: boolean;
  /** The names of its services. */
  services: readonly string[];
  issue: IssueCommand;
  onAccepted: (result: CommandResult) => void;
};

const COMMANDS = [
  { type: 'AddService', label: 'Add service', schema: addServiceSchema },
  { type: 'RemoveService', label: 'Remove service', schema: removeServiceSchema },
  { type: 'ConnectServices', label: 'Connect services', schema: serviceLinkSchema },
  { type: 'DisconnectServices', label: 'Disconnect services', schema: serviceLinkSchema },
  {
    type: 'ChangeProjectConfiguration',
    label: 'Change configuration',
    schema: changeProjectConfigurationSchema,
  },
  { type: 'ArchiveProject', label: 'Archive project', schema: archiveProjectSchema },
] as const;

/** What can be done with a project; a button that cannot be used says why. */
export function ProjectCommands({
  projectId,
  isArchived,
  services,
  issue,
  onAccepted,
}: ProjectCommandsProps) {
  return (
    <>
      {COMMANDS.map(({ type, label, schema }) => (
        <CommandButton
          key={type}
          right={commandsOf('projects')}
          type={type}
          label={label}
          button={{ variant: 'default' }}
          reason={isArchived ? 'The project is archived.' : null}
          fields={toFormFields(schema, PROJECT_FIELD_LABELS)
            .filter(({ name }) => name !== 'projectId')
            .map((field) => toField(type, field, services))}
          given={{ projectId }}
          issue={issue}
          onAccepted={onAccepted}
        />
      ))}
    </>
  );
}

/** A field that names services offers those that there are. */
function toField(type: string, field: FormField, services: readonly string[]): FormField {
  const { name } = field;
  if (name === 'links') {
    return { ...field, kind: 'choices', options: services };
  }
  const namesOne = name === 'from' || name === 'to' || name === 'service';
  if (namesOne || (name === 'name' && type === 'RemoveService')) {
    return { ...field, kind: 'choice', options: services };
  }
  return field;
}
