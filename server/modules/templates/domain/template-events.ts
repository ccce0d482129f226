import type {
  TemplateContent,
  TemplateParameter,
  TemplateProblem,
} from '#lib/modules/templates/template-state.ts';

/** What can have happened to a template. Its text is in the events of its uploads, and nowhere else. */
export type TemplateEvent =
  | { readonly eventType: 'TemplateUploaded'; readonly eventData: TemplateUploaded }
  | { readonly eventType: 'TemplateValidated'; readonly eventData: TemplateValidated }
  | {
      readonly eventType: 'TemplateParametersChanged';
      readonly eventData: TemplateParametersChanged;
    }
  | { readonly eventType: 'TemplateDeprecated'; readonly eventData: TemplateDeprecated };

/** A version, counted from 1. */
export type TemplateUploaded = TemplateContent & { readonly version: number };

/** What the validation of a version found; nothing where it is valid. */
export type TemplateValidated = {
  readonly version: number;
  readonly valid: boolean;
  readonly problems: readonly TemplateProblem[];
};

/** All parameters of the version from now on. */
export type TemplateParametersChanged = {
  readonly version: number;
  readonly parameters: readonly TemplateParameter[];
};

export type TemplateDeprecated = { readonly reason?: string | undefined };
