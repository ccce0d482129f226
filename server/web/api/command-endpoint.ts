import { z } from 'zod';
import { commandResultSchema } from '#lib/contracts/commands.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { type Right, toRightText } from '#lib/rights.ts';
import {
  type Command,
  type CommandRoute,
  executeCommand,
} from '#server/runtime/commands/command.ts';
import { parseInput } from '#server/runtime/commands/parse-input.ts';
import { carryOutCommand } from '../carry-out-command.ts';
import { toJsonAnswer } from '../json-answer.ts';
import { readBody, readText } from '../read-body.ts';
import { type ApiCall, type ApiEndpoint, type JsonSchema, toPathNames } from './api-endpoint.ts';
import { readIdempotencyKey, readIfMatch, toETag } from './request-fields.ts';

const { $schema: _, ...ANSWER } = z.toJSONSchema(commandResultSchema);

/**
 * A module's command as an endpoint: the same schema and the same rules as of its form. The path's parts and
 * the body are its input, Idempotency-Key its id, and If-Match the version that its aggregate must still have.
 */
export function toCommandEndpoint(
  module: string,
  command: Command,
  route: CommandRoute,
): ApiEndpoint {
  const body = toBodySchema(command, route);
  const right: Right = { module, action: command.action ?? 'commands' };
  return {
    method: route.method,
    path: route.path,
    summary: route.summary,
    operationId: `${command.type.charAt(0).toLowerCase()}${command.type.slice(1)}`,
    toRight: () => right,
    scope: `the scope ${toRightText(right)}`,
    ...(route.wholeBody !== undefined || Object.keys(body.properties ?? {}).length > 0
      ? { body }
      : {}),
    status: route.creates === undefined ? 202 : 201,
    answer: ANSWER,
    respond: (call) => respond(call, command, route, body),
  };
}

async function respond(
  { context, request, actor, params }: ApiCall,
  command: Command,
  { creates, toFollow, wholeBody }: CommandRoute,
  { properties = {} }: JsonSchema,
): Promise<Response> {
  const commandId = readIdempotencyKey(request);
  const expectedVersion = readIfMatch(request);
  const fields =
    wholeBody === undefined
      ? await readBody(request)
      : { [wholeBody.field]: await readText(request) };
  let about: string | undefined;
  let created: string | undefined;
  const asked = { commandType: command.type, actor, commandId };
  const result = await carryOutCommand(context, asked, async (handler) => {
    if (wholeBody === undefined) {
      requireKnown(fields, properties);
    }
    const input = parseInput(command.schema, { ...fields, ...params }, command.labels);
    [about] = command.aggregates(input, commandId);
    created = creates?.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(`${input[name]}`),
    );
    return executeCommand({ actor, commandId, expectedVersion, handler }, command, input);
  });
  const version = result.tokens.find(({ aggregateId }) => aggregateId === about)?.sequence;
  const written = result.tokens.map(({ aggregateId }) => aggregateId);
  const location = created ?? toFollow?.(written);
  return toJsonAnswer(result, created === undefined ? 202 : 201, {
    ...(location === undefined ? {} : { Location: `/api/v1${location}` }),
    ...(version === undefined ? {} : { ETag: toETag(version) }),
  });
}

/** A field that is misspelt would be left out without a word; one that only imports may give, too. */
function requireKnown(fields: object, known: object): void {
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    const field = unknown.slice(0, 40);
    throw new PlayheadError('INVALID_INPUT', `There is no field “${field}” here.`, { field });
  }
}

/** The command's input without what the path says, and without what only imports may give. */
function toBodySchema(
  command: Command,
  { path, without = [], wholeBody }: CommandRoute,
): JsonSchema {
  if (wholeBody !== undefined) {
    const { $schema: _, ...element } = z.toJSONSchema(wholeBody.element, { io: 'input' });
    return element.type === undefined
      ? element
      : { anyOf: [element, { type: 'array', items: element }], properties: element.properties };
  }
  const { $schema: _, ...schema } = z.toJSONSchema(command.schema, { io: 'input' });
  const elsewhere = new Set([...toPathNames(path), ...without]);
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {}).filter(([name]) => !elsewhere.has(name)),
    ),
    required: schema.required?.filter((name) => !elsewhere.has(name)) ?? [],
    additionalProperties: false,
  };
}
