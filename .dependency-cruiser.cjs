/** The layers of docs/architecture.md, and which may import which. */
const layer = (name) => `^server/${name}/`;
/** The types of what modules register: whoever works with all modules needs them. */
const REGISTERED = '^server/runtime/registered\\.ts$';
const within = (parent, name, allowed) => ({
  name: `${name.split('/').at(-1)}-layer`,
  comment: `server/${name} may import of server only: ${[name, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: layer(name), pathNot: '\\.test\\.ts$' },
  to: { path: parent, pathNot: [layer(name), REGISTERED, ...allowed.map(layer)] },
});
const runtime = (name, allowed) =>
  within(
    layer('runtime'),
    `runtime/${name}`,
    allowed.map((other) => `runtime/${other}`),
  );
const process = (name, allowed) =>
  within('^(app|components|e2e|server)/', name, ['runtime', 'modules', ...allowed]);

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
      comment: 'pages, actions and routes reach the server through server/web and queries only',
      severity: 'error',
      from: { path: '^app/' },
      to: {
        path: '^server/',
        pathNot: ['^server/web/', '^server/modules/[^/]+/queries/', '^server/runtime/queries/'],
      },
    },
    {
      name: 'modules-stand-alone',
      comment: 'a module imports the runtime and lib, never a process and never another module',
      severity: 'error',
      from: { path: '^server/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(app|components|e2e|server)/',
        pathNot: ['^server/runtime/', '^server/modules/$1/'],
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^server/modules/[^/]+/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(server|node_modules)/',
        pathNot: [
          '^server/modules/[^/]+/domain/',
          '^server/runtime/(commands/decision|event-store/(recorded-event|minor-units|aggregate))\\.ts$',
          // Pure ones.
          'node_modules/(zod|lossless-json|diff)/',
        ],
      },
    },
    {
      name: 'runtime-knows-no-module',
      comment: 'the runtime imports neither modules nor processes',
      severity: 'error',
      from: { path: '^server/runtime/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(app|components|e2e|server)/', pathNot: '^server/runtime/' },
    },
    {
      name: 'registry-is-passed-in',
      comment: 'only processes, and what tests share, import the list of modules',
      severity: 'error',
      from: {
        path: '^(app|components|lib|server)/',
        pathNot: '(\\.test\\.ts$|^server/(web|worker|ops|local|chaos|bench|aws|testing)/)',
      },
      to: { path: '^server/modules/index\\.ts$' },
    },
    {
      name: 'console-knows-no-module',
      comment: 'the console’s own pages know modules by their words alone',
      severity: 'error',
      from: { path: '^components/(console|shell|ui)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(components|lib)/modules/' },
    },
    {
      name: 'console-modules-stand-alone',
      severity: 'error',
      from: { path: '^components/modules/([^/]+)/' },
      to: {
        path: '^(components|lib)/modules/[^/]+/',
        pathNot: ['^components/modules/$1/', '^lib/modules/'],
      },
    },
    runtime('platform', []),
    runtime('event-store', ['platform']),
    runtime('commands', ['event-store', 'platform']),
    runtime('stream', ['platform']),
    runtime('journal', ['event-store', 'platform', 'stream']),
    runtime('archive', ['event-store', 'platform', 'integrity', 'views']),
    runtime('time-travel', ['event-store', 'hot-views', 'platform', 'views']),
    process('web', []),
    process('worker', []),
    process('local', []),
    process('ops', ['local']),
    process('chaos', ['local']),
    process('bench', ['local', 'web']),
    process('aws', ['local', 'ops', 'web']),
    {
      name: 'worker-without-react',
      severity: 'error',
      from: { path: '^server/(?!web/)' },
      to: { path: 'node_modules/(next|react|react-dom|@mantine)/' },
    },
    {
      name: 'opentelemetry-on-demand',
      comment: 'where no spans are exported, nothing of it is loaded',
      severity: 'error',
      from: { pathNot: '^server/runtime/tracing/(otlp-tracing|create-provider)\\.ts$' },
      to: { path: 'node_modules/@opentelemetry/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'opentelemetry-is-imported-dynamically',
      severity: 'error',
      from: { pathNot: '^server/runtime/tracing/otlp-tracing\\.ts$' },
      to: {
        path: '^server/runtime/tracing/(otlp-tracing|create-provider)\\.ts$',
        dynamic: false,
      },
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
