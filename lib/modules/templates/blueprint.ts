/** A name or a value by its key: what a service, or a whole project, is configured with. */
export type Configuration = Readonly<Record<string, string>>;

/** A service of a project; its name is unique there. */
export type Service = {
  readonly name: string;
  readonly kind: string;
  readonly configuration: Configuration;
};

/** That one service uses another one of the same project. */
export type Link = { readonly from: string; readonly to: string };

/** What a project begins with: of a template, or of none. */
export type Blueprint = {
  readonly configuration: Configuration;
  readonly services: readonly Service[];
  readonly links: readonly Link[];
};

/** A service's name, and its kind. */
export const NAME_PATTERN = '^[a-z][a-z0-9-]{0,62}$';

/** A key of a configuration. The first character keeps names out that JavaScript reserves. */
export const KEY_PATTERN = '^[A-Za-z][A-Za-z0-9_.-]{0,99}$';

export const MAX_SERVICES = 100;
export const MAX_ENTRIES = 100;
export const MAX_VALUE_LENGTH = 1_000;

/** A configuration with its keys in their order: the same for the same entries. */
export function sortKeys(configuration: Configuration): Configuration {
  return Object.fromEntries(Object.entries(configuration).sort(([a], [b]) => (a < b ? -1 : 1)));
}
