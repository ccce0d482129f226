import { z } from 'zod';
import { type Configuration, sortKeys } from '#lib/modules/templates/blueprint.ts';

const schema = z.record(z.string(), z.string());

/** A configuration as a row keeps it: the same text for the same entries. */
export function toConfigurationText(configuration: Configuration): string {
  return JSON.stringify(sortKeys(configuration));
}

/** A configuration out of a row. Throws for what none was written as. */
export function parseConfigurationText(text: string): Configuration {
  return schema.parse(JSON.parse(text));
}
