import type { Blueprint } from '../templates/blueprint.ts';
import type { ParameterValues } from '../templates/parameter-values.ts';

/** The template's version that a project came of, and what its parameters were; secrets are not among them. */
export type ProjectTemplate = {
  readonly templateId: string;
  readonly version: number;
  readonly values: ParameterValues;
};

/** A project at a moment. Services are in the order in which they were added, and so are links. */
export type ExistingProject = Blueprint & {
  readonly status: 'active' | 'archived';
  readonly name: string;
  readonly description?: string | undefined;
  readonly template?: ProjectTemplate | undefined;
  readonly createdAt: string;
  readonly lastEventAt: string;
  readonly archivedAt?: string | undefined;
  readonly archiveReason?: string | undefined;
};

export type ProjectState = { readonly status: 'missing' } | ExistingProject;
