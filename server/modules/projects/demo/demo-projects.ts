/** What is done to a project, so many days before the demo's end. */
export type DemoProjectStep = {
  readonly daysBefore: number;
  readonly type: string;
  readonly projectId: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** Projects of three templates and of none; one with circles, and one that is archived. */
export const DEMO_PROJECT_STEPS: readonly DemoProjectStep[] = [
  step(88, 'CreateProject', 'ledger-archive', {
    name: 'Ledger archive',
    description: 'Statements from before the move',
    templateId: 'legacy-vm',
  }),
  step(80, 'CreateProject', 'web-shop', {
    name: 'Web shop',
    description: 'Where customers buy',
    templateId: 'web-service',
    parameters: { host: 'shop.example.com' },
  }),
  step(77, 'AddService', 'web-shop', {
    name: 'search',
    kind: 'service',
    configuration: { INDEX: 'products' },
    links: ['db'],
  }),
  step(77, 'ConnectServices', 'web-shop', { from: 'api', to: 'search' }),
  step(72, 'CreateProject', 'payments', {
    name: 'Payments',
    templateId: 'web-service',
    parameters: { host: 'pay.example.com', logLevel: 'warn' },
  }),
  step(70, 'AddService', 'payments', { name: 'fraud', kind: 'service', links: ['api'] }),
  step(70, 'ConnectServices', 'payments', { from: 'api', to: 'fraud' }),
  step(63, 'AddService', 'payments', { name: 'events', kind: 'queue' }),
  step(63, 'ConnectServices', 'payments', { from: 'api', to: 'events' }),
  step(63, 'ConnectServices', 'payments', { from: 'fraud', to: 'events' }),
  step(58, 'CreateProject', 'clickstream', {
    name: 'Clickstream',
    description: 'What visitors look at',
    templateId: 'data-pipeline',
    parameters: { retentionDays: '14' },
  }),
  step(50, 'ChangeProjectConfiguration', 'web-shop', {
    service: 'api',
    set: { LOG_LEVEL: 'debug' },
  }),
  step(48, 'ChangeProjectConfiguration', 'web-shop', {
    service: 'api',
    set: { LOG_LEVEL: 'info' },
  }),
  step(45, 'AddService', 'clickstream', {
    name: 'dashboard',
    kind: 'frontend',
    links: ['lake'],
  }),
  step(38, 'CreateProject', 'customer-portal', {
    name: 'Customer portal',
    templateId: 'web-service',
    parameters: { host: 'my.example.com' },
  }),
  step(35, 'AddService', 'customer-portal', {
    name: 'notifier',
    kind: 'function',
    configuration: { SENDER: 'noreply@example.com' },
    links: ['cache'],
  }),
  step(34, 'AddService', 'web-shop', { name: 'cache', kind: 'redis' }),
  step(34, 'ConnectServices', 'web-shop', { from: 'api', to: 'cache' }),
  step(33, 'DisconnectServices', 'web-shop', { from: 'search', to: 'db' }),
  step(33, 'ConnectServices', 'web-shop', { from: 'search', to: 'cache' }),
  step(28, 'ArchiveProject', 'ledger-archive', { reason: 'The statements are in the lake' }),
  step(24, 'CreateProject', 'playground', { name: 'Playground', description: 'To try things' }),
  step(24, 'AddService', 'playground', { name: 'ping', kind: 'service' }),
  step(24, 'AddService', 'playground', { name: 'pong', kind: 'service', links: ['ping'] }),
  step(23, 'ConnectServices', 'playground', { from: 'ping', to: 'pong' }),
  step(22, 'AddService', 'playground', { name: 'log', kind: 'bucket' }),
  step(22, 'ConnectServices', 'playground', { from: 'pong', to: 'log' }),
  step(18, 'CreateProject', 'tokyo-shop', {
    name: 'Tokyo shop',
    templateId: 'web-service',
    parameters: { host: 'shop.example.jp', region: 'ap-northeast-1' },
  }),
  step(15, 'ChangeProjectConfiguration', 'payments', {
    set: { region: 'us-east-1', failover: 'eu-central-1' },
  }),
  step(12, 'RemoveService', 'playground', { name: 'pong' }),
  step(11, 'AddService', 'playground', { name: 'echo', kind: 'service', links: ['ping', 'log'] }),
  step(6, 'RemoveService', 'customer-portal', { name: 'notifier' }),
  step(2, 'ChangeProjectConfiguration', 'payments', { remove: ['failover'] }),
];

function step(
  daysBefore: number,
  type: string,
  projectId: string,
  input: DemoProjectStep['input'],
): DemoProjectStep {
  return { daysBefore, type, projectId, input };
}
