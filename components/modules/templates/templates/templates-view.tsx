'use client';

import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { useOpenAggregate } from '#components/console/commands/use-open-aggregate.ts';
import { ListView } from '#components/console/list/list-view.tsx';
import { commandsOf } from '#lib/rights.ts';
import { TEMPLATE_CONTROLS, UPLOAD_FIELDS } from '../template-forms.ts';
import { TEMPLATES_LIST } from './templates-list.tsx';

/** The catalog of templates. */
export function TemplatesView({ issue }: { issue: IssueCommand }) {
  const open = useOpenAggregate('template', '/api/templates');
  return (
    <ListView
      spec={TEMPLATES_LIST}
      actions={
        <CommandButton
          right={commandsOf('templates')}
          type="UploadTemplate"
          label="Upload template"
          title="Upload a template"
          fields={UPLOAD_FIELDS}
          issue={issue}
          controls={TEMPLATE_CONTROLS}
          onAccepted={open}
        />
      }
      begin={{ hint: 'Upload the first one: “Upload template” above.' }}
    />
  );
}
