/** The rooms of docs/architecture.md, and which room may import which. */
const room = (name) => `^server/${name}/`;
const only = (name, allowed) => ({
  name: `${name}-room`,
  comment: `server/${name} may import only: ${allowed.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: room(name), pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(app|components|e2e|server)/',
    pathNot: [room(name), ...allowed.map(room)],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'lib-stands-alone',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|server|e2e)/' },
    },
    {
      name: 'components-are-views',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|server|e2e)/' },
    },
    {
      name: 'app-is-thin',
      comment: 'pages, actions and routes reach the server through server/web only',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^server/', pathNot: '^server/web/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: room('domain'), pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: [room('domain'), '^lib/(money|currencies|account-id)\\.ts$'],
      },
    },
    only('platform', []),
    only('event-store', ['domain', 'platform']),
    only('commands', ['domain', 'event-store', 'platform']),
    only('stream', ['platform']),
    only('journal', ['domain', 'event-store', 'platform', 'stream']),
    only('projections', ['domain', 'event-store', 'journal', 'platform', 'stream']),
    only('time-travel', ['domain', 'event-store', 'platform']),
    only('web', [
      'domain',
      'event-store',
      'commands',
      'stream',
      'journal',
      'projections',
      'time-travel',
      'platform',
    ]),
    only('worker', ['domain', 'event-store', 'stream', 'journal', 'projections', 'platform']),
    only('local', ['platform', 'commands', 'domain', 'event-store']),
    only('integrity', ['domain', 'event-store', 'journal', 'projections', 'platform']),
    only('ops', [
      'domain',
      'event-store',
      'commands',
      'stream',
      'journal',
      'projections',
      'time-travel',
      'integrity',
      'platform',
      'local',
    ]),
    {
      name: 'worker-without-react',
      severity: 'error',
      from: { path: '^server/(?!web/)' },
      to: { path: 'node_modules/(next|react|react-dom|@mantine)/' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { pathNot: '(\\.test\\.tsx?$|^server/testing/|^e2e/|^vitest)' },
      to: { path: '(\\.test\\.tsx?$|^server/testing/|^e2e/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
