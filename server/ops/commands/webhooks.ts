import { z } from 'zod';
import { webhookNameSchema } from '#lib/contracts/webhooks.ts';
import { PlayheadError } from '#lib/playhead-error.ts';
import { reasonOption, reasonSchema, toOperator } from '#server/runtime/ops/operator.ts';
import { defineOpsCommand, type OpsIo } from '#server/runtime/ops/ops-command.ts';
import type { OpsContext } from '#server/runtime/ops/ops-context.ts';
import { toJson, toTable } from '#server/runtime/ops/output.ts';
import { createEntityRows } from '#server/runtime/webhooks/entity-rows.ts';
import { listDeliveries, listWebhooks } from '#server/runtime/webhooks/list-webhooks.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  pauseWebhook,
  redeliver,
  replayWebhook,
  resumeWebhook,
  rotateWebhookSecret,
} from '#server/runtime/webhooks/manage-webhooks.ts';
import { previewReplay } from '#server/runtime/webhooks/preview-replay.ts';

const ACTIONS = [
  'create',
  'list',
  'log',
  'pause',
  'resume',
  'redeliver',
  'replay',
  'change',
  'rotate',
  'delete',
] as const;

const inputSchema = reasonSchema.extend({
  action: z.enum(ACTIONS, `webhooks does ${ACTIONS.join(', ')}.`),
  name: webhookNameSchema.optional(),
  url: z.string().max(2_000).optional(),
  of: z.array(z.string()).optional(),
  type: z.array(z.string()).optional(),
  entities: z.boolean().default(false),
  position: z.coerce.number('--position is a number.').int().min(0).optional(),
  since: z.iso
    .datetime({ offset: true, error: '--since is a time such as 2026-03-01T12:00:00Z.' })
    .optional(),
});

type Input = z.output<typeof inputSchema>;

/** `webhooks`: where events are sent. */
export const webhooksCommand = defineOpsCommand({
  usage: 'webhooks <action>',
  summary: 'send events to other systems: by signed HTTP requests, to SNS, to EventBridge',
  options: [
    { flags: '--name <name>', description: 'of the webhook' },
    { flags: '--url <url>', description: 'https://…, sns:<topic ARN> or eventbridge:<bus>' },
    { flags: '--of <type...>', description: 'types of aggregates that are sent: account' },
    { flags: '--type <type...>', description: 'types of events that are sent' },
    {
      flags: '--entities',
      description: 'with create: what events made of entities, not the events',
    },
    { flags: '--position <number>', description: 'of the journal, with redeliver and replay' },
    { flags: '--since <time>', description: 'with replay: what the journal took in from then on' },
    reasonOption,
  ],
  details: `create: makes a webhook, which is sent what comes from now on, and shows its secret, this once.
Requests are signed as Standard Webhooks has it; an event that is sent again has the same webhook-id. With sns: and
eventbridge: there is no secret: the worker's credentials of AWS are used. With --entities it is sent each entity that
an event changed, of the types --of, and no events.

list, log: every webhook; the attempts of --name, newest first.

pause, resume: stops a webhook until it is resumed. One that was disabled goes on where it stood.

redeliver: sends the event at --position again, now.

replay: sends everything behind --position, or since --since, again. --reason must be given, as with change and delete.

rotate: makes another secret, and shows it this once. The one before signs beside it for a day.

change: another --url, --of or --type; what is not given stays.

With --json, one object: webhooks, deliveries, secret, changed, events, or delivery.`,
  input: inputSchema,
  run: (ctx, input, io) => {
    switch (input.action) {
      case 'create':
        return create(ctx, input, io);
      case 'list':
        return list(ctx, io);
      case 'log':
        return showLog(ctx, input, io);
      case 'pause':
      case 'resume':
        return change(ctx, input, io);
      case 'redeliver':
        return sendAgain(ctx, input, io);
      case 'replay':
        return replay(ctx, input, io);
      case 'rotate':
        return rotate(ctx, input, io);
      case 'change':
        return edit(ctx, input, io);
      case 'delete':
        return remove(ctx, input, io);
    }
  },
});

async function create(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const { db } = ctx;
  const name = requireField(input, 'name');
  const url = requireField(input, 'url');
  const filter = {
    sends: input.entities ? ('entities' as const) : ('events' as const),
    aggregateTypes: input.of ?? [],
    eventTypes: input.type ?? [],
  };
  const reach = toReach(ctx);
  const secret = await createWebhook(db, { name, url, ...filter }, toOperator(input), reach);
  const sentence =
    secret === null
      ? `“${name}” sends to ${url} from now on, by the worker’s credentials of AWS.`
      : `${secret}\nThis is what “${name}” is signed with. Keep it: it is not shown again.`;
  await io.print(io.json ? toJson({ name, secret }) : sentence);
  return 0;
}

async function list({ db }: OpsContext, io: OpsIo): Promise<number> {
  const webhooks = await listWebhooks(db);
  const rows = webhooks.map((each) => [
    each.name,
    each.status,
    `${each.behind}`,
    each.url,
    [
      ...(each.sends === 'entities' ? ['entities of'] : []),
      ...each.aggregateTypes,
      ...each.eventTypes,
    ].join(' ') || 'everything',
    each.lastError ?? '',
  ]);
  const columns = ['name', 'status', 'behind', 'url', 'sends', 'last error'];
  await io.print(io.json ? toJson({ webhooks }) : toTable(columns, rows));
  return 0;
}

async function showLog({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireField(input, 'name');
  const deliveries = await listDeliveries(db, name, { limit: 50 });
  const rows = deliveries.map((each) => [
    each.at?.toISOString() ?? '',
    `${each.position}`,
    each.eventType,
    each.aggregateId,
    each.outcome,
    `${each.httpStatus ?? '-'}`,
    each.error ?? '',
  ]);
  const columns = ['at', 'position', 'event', 'of', 'outcome', 'http', 'error'];
  await io.print(io.json ? toJson({ deliveries }) : toTable(columns, rows));
  return 0;
}

async function change({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireField(input, 'name');
  const work = input.action === 'pause' ? pauseWebhook : resumeWebhook;
  const changed = await work(db, name, toOperator(input));
  const word = input.action === 'pause' ? 'paused' : 'resumed';
  await io.print(
    io.json ? toJson({ name, changed }) : changed ? `${name} is ${word}.` : 'Nothing changed.',
  );
  return 0;
}

async function sendAgain(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const { db, outbound, store, registered } = ctx;
  const name = requireField(input, 'name');
  const position = requirePosition(input);
  // Who may run this reaches the receiver from here anyway.
  const toEntityRow = createEntityRows(store, registered.entities);
  const asked = { name, position, allowsPrivate: true, outbound, toEntityRow };
  const delivery = await redeliver(db, asked, toOperator(input));
  const why = delivery.error ? `: ${delivery.error}` : '.';
  await io.print(
    io.json ? toJson({ delivery }) : `The event at ${position} was ${delivery.outcome}${why}`,
  );
  return delivery.outcome === 'sent' ? 0 : 1;
}

async function replay({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireField(input, 'name');
  const from =
    input.since === undefined
      ? { position: requirePosition(input) }
      : { since: new Date(input.since) };
  requireReason(input);
  const { position, events, atLeast } = await previewReplay(db, name, from);
  await replayWebhook(db, name, position, toOperator(input));
  const sentence = `${name} is sent what is behind position ${position} again: ${atLeast ? 'more than ' : ''}${events} events.`;
  await io.print(io.json ? toJson({ name, events }) : sentence);
  return 0;
}

async function rotate({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireField(input, 'name');
  const secret = await rotateWebhookSecret(db, name, toOperator(input));
  const sentence = `${secret}\nThis is what “${name}” is signed with from now on, and for a day by the secret before as well. Keep it: it is not shown again.`;
  await io.print(io.json ? toJson({ name, secret }) : sentence);
  return 0;
}

async function edit(ctx: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const { db } = ctx;
  const name = requireField(input, 'name');
  requireReason(input);
  const asked = { url: input.url, aggregateTypes: input.of, eventTypes: input.type };
  const changed = await changeWebhook(db, name, asked, toOperator(input), toReach(ctx));
  await io.print(
    io.json ? toJson({ name, changed }) : changed ? `${name} is changed.` : 'Nothing changed.',
  );
  return 0;
}

async function remove({ db }: OpsContext, input: Input, io: OpsIo): Promise<number> {
  const name = requireField(input, 'name');
  requireReason(input);
  await deleteWebhook(db, name, toOperator(input));
  await io.print(io.json ? toJson({ name }) : `${name} is deleted, with its log.`);
  return 0;
}

function toReach({ outbound, registered }: OpsContext) {
  return { reachesAws: outbound !== undefined, entityTypes: [...registered.entities.keys()] };
}

function requireField(input: Input, field: 'name' | 'url'): string {
  const value = input[field];
  if (value === undefined) {
    throw new PlayheadError('INVALID_INPUT', `--${field} must be given.`, { field });
  }
  return value;
}

function requirePosition({ position }: Input): number {
  if (position === undefined) {
    const sentence = 'Say which: --position must be given.';
    throw new PlayheadError('INVALID_INPUT', sentence, { field: 'position' });
  }
  return position;
}

function requireReason({ reason }: Input): void {
  if (reason === undefined) {
    throw new PlayheadError('INVALID_INPUT', 'Say why: --reason must be given.');
  }
}
