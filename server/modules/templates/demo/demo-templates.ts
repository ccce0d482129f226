/** Texts of the demo's templates, in the order of their versions. */
const WEB_SERVICE_1 = `# A service behind a gateway, with a database of its own.
services:
  - name: gateway
    kind: gateway
    configuration:
      HOST: \${host}
    links: [api]
  - name: api
    kind: service
    configuration:
      LOG_LEVEL: \${logLevel}
      DATABASE_PASSWORD: \${databasePassword}
    links: [db]
  - name: db
    kind: postgres
configuration:
  region: \${region}
`;

const WEB_SERVICE_2 = `# A service behind a gateway, with a database and a cache of its own.
services:
  - name: gateway
    kind: gateway
    configuration:
      HOST: \${host}
      TIMEOUT_SECONDS: 30
    links: [api]
  - name: api
    kind: service
    configuration:
      LOG_LEVEL: \${logLevel}
      DATABASE_PASSWORD: \${databasePassword}
    links: [db, cache]
  - name: db
    kind: postgres
  - name: cache
    kind: redis
configuration:
  region: \${region}
`;

const PIPELINE = JSON.stringify(
  {
    services: [
      { name: 'ingest', kind: 'function', links: ['queue'] },
      { name: 'queue', kind: 'queue', configuration: { RETENTION_DAYS: `\${retentionDays}` } },
      { name: 'transform', kind: 'function', links: ['queue', 'lake'] },
      { name: 'lake', kind: 'bucket', configuration: { ENCRYPTED: `\${encrypted}` } },
    ],
    configuration: { region: 'eu-central-1' },
  },
  null,
  2,
);

const LEGACY = `services:
  - name: monolith
    kind: vm
    links: [oracle]
  - name: oracle
    kind: oracle
`;

/** Two mistakes: a service that is not there, and a parameter that nobody has declared. */
const DRAFT = `services:
  - name: scheduler
    kind: function
    links: [worker]
  - name: workers
    kind: service
    configuration:
      THREADS: \${threads}
`;

const text = { type: 'text', allowed: [], secret: false };

const WEB_PARAMETERS = [
  { ...text, name: 'host', description: 'The public name of the gateway' },
  { ...text, name: 'region', allowed: ['eu-central-1', 'us-east-1'], default: 'eu-central-1' },
  { ...text, name: 'logLevel', allowed: ['debug', 'info', 'warn'], default: 'info' },
  { ...text, name: 'databasePassword', secret: true },
];

/** What is done to a template, so many days before the demo's end. */
export type DemoTemplateStep = {
  readonly daysBefore: number;
  readonly type: string;
  readonly templateId: string;
  readonly input?: Readonly<Record<string, unknown>>;
};

const web = {
  name: 'Web service',
  description: 'A public service with its database',
  tags: ['web', 'postgres'],
};

/** A template with three versions, one as JSON, one that is deprecated, and a draft with mistakes. */
export const DEMO_TEMPLATE_STEPS: readonly DemoTemplateStep[] = [
  step(90, 'UploadTemplate', 'legacy-vm', {
    name: 'Virtual machine',
    description: 'One machine with all that it needs',
    tags: ['legacy'],
    text: LEGACY,
  }),
  step(90, 'ValidateTemplate', 'legacy-vm'),
  step(84, 'UploadTemplate', 'web-service', {
    ...web,
    text: WEB_SERVICE_1,
    parameters: WEB_PARAMETERS,
  }),
  step(84, 'ValidateTemplate', 'web-service'),
  step(60, 'UploadTemplate', 'data-pipeline', {
    name: 'Data pipeline',
    description: 'From a queue into a lake',
    tags: ['data', 'serverless'],
    format: 'json',
    text: PIPELINE,
    parameters: [
      { ...text, name: 'retentionDays', type: 'number', default: '7' },
      { ...text, name: 'encrypted', type: 'boolean', default: 'true' },
    ],
  }),
  step(60, 'ValidateTemplate', 'data-pipeline'),
  step(41, 'UploadTemplate', 'web-service', {
    ...web,
    description: 'A public service with its database and a cache',
    tags: [...web.tags, 'redis'],
    text: WEB_SERVICE_2.replace('[db, cache]', '[db, chache]'),
    parameters: WEB_PARAMETERS,
  }),
  step(41, 'ValidateTemplate', 'web-service'),
  step(40, 'UploadTemplate', 'web-service', {
    ...web,
    description: 'A public service with its database and a cache',
    tags: [...web.tags, 'redis'],
    text: WEB_SERVICE_2,
    parameters: WEB_PARAMETERS,
  }),
  step(40, 'ValidateTemplate', 'web-service'),
  step(30, 'DeprecateTemplate', 'legacy-vm', { reason: 'New projects run in containers' }),
  step(21, 'ChangeTemplateParameters', 'web-service', {
    parameters: WEB_PARAMETERS.map((parameter) =>
      parameter.name === 'region'
        ? { ...parameter, allowed: [...parameter.allowed, 'ap-northeast-1'] }
        : parameter,
    ),
  }),
  step(21, 'ValidateTemplate', 'web-service'),
  step(5, 'UploadTemplate', 'batch-worker', {
    name: 'Batch worker',
    description: 'A draft: jobs at fixed times',
    tags: ['draft', 'serverless'],
    text: DRAFT,
  }),
  step(5, 'ValidateTemplate', 'batch-worker'),
];

function step(
  daysBefore: number,
  type: string,
  templateId: string,
  input?: DemoTemplateStep['input'],
): DemoTemplateStep {
  return { daysBefore, type, templateId, ...(input === undefined ? {} : { input }) };
}
