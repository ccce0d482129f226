import { toAggregateId } from '../../aggregate-id.ts';

export const PARAMETER_TYPES = ['text', 'number', 'boolean'] as const;

/** What whoever creates a project from a template fills in. Values are texts, whatever the type is. */
export type TemplateParameter = {
  readonly name: string;
  readonly type: (typeof PARAMETER_TYPES)[number];
  readonly description?: string | undefined;
  /** Without one a value must be given. */
  readonly default?: string | undefined;
  /** Empty: any value of the type. */
  readonly allowed: readonly string[];
  /** Its value never comes here: references to it stay references. */
  readonly secret: boolean;
};

/** What is wrong with a template; where in its text, or with which parameter. */
export type TemplateProblem = {
  readonly message: string;
  /** Of the text, both from 1 on. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly parameter?: string | undefined;
};

export const TEMPLATE_FORMATS = ['yaml', 'json'] as const;

/** What an upload brings. */
export type TemplateContent = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags: readonly string[];
  readonly format: (typeof TEMPLATE_FORMATS)[number];
  readonly text: string;
  readonly parameters: readonly TemplateParameter[];
};

/**
 * A template at a moment, of its newest version only: the text of each older one is in the event of its
 * upload.
 */
export type ExistingTemplate = TemplateContent & {
  readonly status: 'active' | 'deprecated';
  /** Counted from 1; every upload is one. */
  readonly version: number;
  /** unknown: since the last upload or change of parameters nobody has validated it. */
  readonly validity: 'unknown' | 'valid' | 'invalid';
  readonly problems: readonly TemplateProblem[];
  readonly createdAt: string;
  readonly lastEventAt: string;
  readonly deprecatedAt?: string | undefined;
  readonly deprecationReason?: string | undefined;
};

export type TemplateState = { readonly status: 'missing' } | ExistingTemplate;

const initialState: TemplateState = { status: 'missing' };

/** As much of the aggregate as a command of another module must know to read its state. */
export const templateKind = { type: 'template', initialState };

/** The key of a template's history in the event store. */
export function toTemplateAggregateId(templateId: string): string {
  return toAggregateId(templateKind.type, templateId);
}
