import type { ProjectTemplate } from '#lib/modules/projects/project-state.ts';
import type { Blueprint, Configuration, Link } from '#lib/modules/templates/blueprint.ts';

/** What can have happened to a project. */
export type ProjectEvent =
  | { readonly eventType: 'ProjectCreated'; readonly eventData: ProjectCreated }
  | { readonly eventType: 'ServiceAdded'; readonly eventData: ServiceAdded }
  | { readonly eventType: 'ServiceRemoved'; readonly eventData: ServiceRemoved }
  | { readonly eventType: 'ServicesConnected'; readonly eventData: Link }
  | { readonly eventType: 'ServicesDisconnected'; readonly eventData: Link }
  | {
      readonly eventType: 'ProjectConfigurationChanged';
      readonly eventData: ProjectConfigurationChanged;
    }
  | { readonly eventType: 'ProjectArchived'; readonly eventData: ProjectArchived };

/** With all that came of the template, so that the project's history needs nobody else's. */
export type ProjectCreated = Blueprint & {
  readonly name: string;
  readonly description?: string | undefined;
  readonly template?: ProjectTemplate | undefined;
};

/** `links`: the services that it uses. */
export type ServiceAdded = {
  readonly name: string;
  readonly kind: string;
  readonly configuration: Configuration;
  readonly links: readonly string[];
};

/** `links`: those from and to it, which went with it. */
export type ServiceRemoved = { readonly name: string; readonly links: readonly Link[] };

/** Of a service, or of the project itself. */
export type ProjectConfigurationChanged = {
  readonly service?: string | undefined;
  readonly set: Configuration;
  readonly removed: readonly string[];
};

export type ProjectArchived = { readonly reason?: string | undefined };
