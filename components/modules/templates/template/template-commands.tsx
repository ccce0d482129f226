'use client';

import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { TemplateAnswer } from '#lib/modules/templates/queries.ts';
import { commandsOf } from '#lib/rights.ts';
import {
  DEPRECATION_FIELDS,
  PARAMETERS_FIELDS,
  TEMPLATE_CONTROLS,
  UPLOAD_FIELDS,
} from '../template-forms.ts';

export type TemplateCommandsProps = {
  answer: TemplateAnswer;
  newest: TemplateAnswer['versions'][number];
  issue: IssueCommand;
  onAccepted: (result: CommandResult) => void;
};

const VERSION_FIELDS = UPLOAD_FIELDS.filter(({ name }) => name !== 'templateId');

/** What can be done with a template; a button that cannot be used says why. */
export function TemplateCommands({ answer, newest, issue, onAccepted }: TemplateCommandsProps) {
  const parameters = JSON.stringify(newest.parameters);
  const common = {
    right: commandsOf('templates'),
    given: { templateId: answer.templateId },
    button: { variant: 'default' },
    reason: answer.deprecatedAt === null ? null : 'The template is deprecated.',
    onAccepted,
  };
  return (
    <>
      <CommandButton
        {...common}
        issue={issue}
        controls={TEMPLATE_CONTROLS}
        type="UploadTemplate"
        label="Upload a version"
        title={`Upload a version of ${newest.name}`}
        fields={VERSION_FIELDS}
        initial={{
          name: newest.name,
          description: newest.description ?? '',
          tags: newest.tags.join(', '),
          format: newest.format,
          text: answer.text,
          parameters,
        }}
        submitLabel="Upload version"
      />
      <CommandButton
        {...common}
        issue={issue}
        controls={TEMPLATE_CONTROLS}
        type="ChangeTemplateParameters"
        label="Change parameters"
        title={`Change the parameters of ${newest.name}`}
        explanation="They are those of the newest version, all of them: what is left out is gone. Until it is validated again, no project can be created from it."
        fields={PARAMETERS_FIELDS}
        initial={{ parameters }}
        submitLabel="Change parameters"
      />
      <CommandButton
        {...common}
        issue={issue}
        type="ValidateTemplate"
        label="Validate"
        title={`Validate ${newest.name}`}
        explanation="The newest version is parsed, and its parameters and references are checked."
        fields={[]}
        submitLabel="Validate template"
      />
      <CommandButton
        {...common}
        issue={issue}
        type="DeprecateTemplate"
        label="Deprecate"
        title={`Deprecate ${newest.name}`}
        explanation="No project can be created from it any more."
        fields={DEPRECATION_FIELDS}
        submitLabel="Deprecate template"
      />
    </>
  );
}
