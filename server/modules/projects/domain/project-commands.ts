import type { Configuration } from '#lib/modules/templates/blueprint.ts';
import type { ParameterValues } from '#lib/modules/templates/parameter-values.ts';

/** A command about a project, by its id; `at` is when it is decided. */
type OfProject = { readonly projectId: string; readonly at: string };

export type CreateProject = OfProject & {
  readonly name: string;
  readonly description?: string | undefined;
  readonly templateId?: string | undefined;
  readonly parameters: ParameterValues;
};

export type AddService = OfProject & {
  readonly name: string;
  readonly kind: string;
  readonly configuration: Configuration;
  readonly links: readonly string[];
};

export type RemoveService = OfProject & { readonly name: string };

export type ConnectServices = OfProject & { readonly from: string; readonly to: string };

export type ChangeProjectConfiguration = OfProject & {
  readonly service?: string | undefined;
  readonly set: Configuration;
  readonly remove: readonly string[];
};

export type ArchiveProject = OfProject & { readonly reason?: string | undefined };

/** What can be asked of a project that exists; its creation is decided by `decideCreate`. */
export type ProjectCommand =
  | ({ readonly commandType: 'AddService' } & AddService)
  | ({ readonly commandType: 'RemoveService' } & RemoveService)
  | ({ readonly commandType: 'ConnectServices' } & ConnectServices)
  | ({ readonly commandType: 'DisconnectServices' } & ConnectServices)
  | ({ readonly commandType: 'ChangeProjectConfiguration' } & ChangeProjectConfiguration)
  | ({ readonly commandType: 'ArchiveProject' } & ArchiveProject);
