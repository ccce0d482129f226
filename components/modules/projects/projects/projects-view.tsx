'use client';

import { Stack } from '@mantine/core';
import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { useOpenAggregate } from '#components/console/commands/use-open-aggregate.ts';
import { ListView } from '#components/console/list/list-view.tsx';
import { type FormField, toFormFields } from '#lib/contracts/form-fields.ts';
import { createProjectSchema } from '#lib/modules/projects/commands.ts';
import { PROJECT_FIELD_LABELS } from '#lib/modules/projects/field-labels.ts';
import { commandsOf } from '#lib/rights.ts';
import { ParameterValuesControl } from './create/parameter-values-control.tsx';
import { TemplateControl } from './create/template-control.tsx';
import { PROJECTS_LIST } from './projects-list.tsx';
import { ServiceKindsPanel } from './service-kinds-panel.tsx';

const FIELDS = toFormFields(createProjectSchema, PROJECT_FIELD_LABELS).map(
  (field): FormField => (field.name === 'parameters' ? { ...field, kind: 'json' } : field),
);

const CONTROLS = { templateId: TemplateControl, parameters: ParameterValuesControl };

/** Every project, and what they are all made of. */
export function ProjectsView({ issue }: { issue: IssueCommand }) {
  const open = useOpenAggregate('project', '/api/projects');
  return (
    <Stack>
      <div>
        <ListView
          spec={PROJECTS_LIST}
          actions={
            <CommandButton
              right={commandsOf('projects')}
              type="CreateProject"
              label="Create project"
              title="Create a project"
              explanation="Of a template it begins with the services of the template’s newest version."
              fields={FIELDS}
              controls={CONTROLS}
              issue={issue}
              onAccepted={open}
            />
          }
          begin={{ hint: 'Create the first one: “Create project” above.' }}
        />
      </div>
      <ServiceKindsPanel />
    </Stack>
  );
}
