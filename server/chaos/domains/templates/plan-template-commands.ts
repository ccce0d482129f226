import { between, pick, type Random } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import type { SharedIds } from '../chaos-domain.ts';

/** Commands are about the newest of the templates. */
const TEMPLATES_IN_USE = 6;

/** Uploads before anything else, each with its validation after it. */
export const FIRST_TEMPLATES = 2 * TEMPLATES_IN_USE;

/**
 * Uploads with their validation first, then everything mixed: new versions, validations, other parameters,
 * deprecations. Among the commands are some that must be refused, of a template that nobody uploads and of
 * one that was deprecated, and texts that are no valid template.
 */
export function* planTemplateCommands(
  random: Random,
  { prefix, templates, deprecated }: SharedIds,
): Generator<readonly Draft[], never> {
  let begun = 0;
  for (;;) {
    const drawn = random();
    if (templates.length < TEMPLATES_IN_USE || drawn < 0.12) {
      begun += 1;
      const templateId = `${prefix}-template-${begun}`.toLowerCase();
      yield [upload(templateId, 1)];
      templates.push(templateId);
      yield [validate(templateId)];
      continue;
    }
    const inUse = templates.slice(-TEMPLATES_IN_USE);
    const templateId = pick(random, inUse);
    if (drawn < 0.32) {
      const version = upload(templateId, between(random, 2, 100));
      yield random() < 0.3 ? [version, validate(templateId)] : [version];
    } else if (drawn < 0.7) {
      yield [validate(templateId)];
    } else if (drawn < 0.8) {
      const parameters = toParameters(pick(random, ['eu', 'us']));
      yield [{ type: 'ChangeTemplateParameters', input: { templateId, parameters } }];
    } else if (drawn < 0.9) {
      deprecated.push(...templates.splice(templates.indexOf(templateId), 1));
      yield [{ type: 'DeprecateTemplate', input: { templateId, reason: 'Planned' } }];
    } else {
      yield [validate(pick(random, [`${prefix}-nothing`.toLowerCase(), ...deprecated.slice(-3)]))];
    }
  }
}

function validate(templateId: string): Draft {
  return { type: 'ValidateTemplate', input: { templateId } };
}

/** A template of two services; one in seven has a mistake, which its validation finds. */
function upload(templateId: string, version: number): Draft {
  const services = [
    { name: 'web', kind: 'frontend', configuration: { VERSION: `${version}` }, links: ['db'] },
    { name: version % 7 === 0 ? 'database' : 'db', kind: 'postgres' },
  ];
  const text = JSON.stringify({ services, configuration: { region: `\${region}` } });
  const parameters = toParameters('eu');
  const input = { templateId, name: `Template ${templateId}`, format: 'json', text, parameters };
  return { type: 'UploadTemplate', input };
}

function toParameters(preset: string) {
  return [{ name: 'region', type: 'text', default: preset, allowed: ['eu', 'us'] }];
}
