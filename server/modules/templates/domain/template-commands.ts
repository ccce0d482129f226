import type { TemplateContent, TemplateParameter } from '#lib/modules/templates/template-state.ts';

/** A command about a template, by its id; `at` is when it is decided. */
type OfTemplate = { readonly templateId: string; readonly at: string };

export type UploadTemplate = OfTemplate & TemplateContent;

export type ChangeTemplateParameters = OfTemplate & {
  readonly parameters: readonly TemplateParameter[];
};

export type DeprecateTemplate = OfTemplate & { readonly reason?: string | undefined };

/** What can be asked of a template. */
export type TemplateCommand =
  | ({ readonly commandType: 'UploadTemplate' } & UploadTemplate)
  | ({ readonly commandType: 'ValidateTemplate' } & OfTemplate)
  | ({ readonly commandType: 'ChangeTemplateParameters' } & ChangeTemplateParameters)
  | ({ readonly commandType: 'DeprecateTemplate' } & DeprecateTemplate);
