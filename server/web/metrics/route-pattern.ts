/** The pages' data, by its place below app/: what a metric's label may be. */
export const ROUTE_PATTERNS = [
  '/api/accounts',
  '/api/accounts/[accountId]',
  '/api/accounts/[accountId]/at',
  '/api/accounts/[accountId]/curve',
  '/api/accounts/[accountId]/frames',
  '/api/accounts/[accountId]/hot-views',
  '/api/accounts/[accountId]/ledger',
  '/api/accounts/[accountId]/standing',
  '/api/accounts/[accountId]/summary',
  '/api/accounts/[accountId]/timeline',
  '/api/events',
  '/api/events/[eventId]',
  '/api/health',
  '/api/lag/consumers',
  '/api/lag/projections',
  '/api/live',
  '/api/metrics',
  '/api/search',
  '/api/stats',
  '/api/system',
] as const;

const MATCHERS = ROUTE_PATTERNS.map((pattern) => ({
  pattern,
  matcher: new RegExp(`^${pattern.replaceAll(/\[\w+\]/g, '[^/]+')}/?$`),
}));

/** The pattern of an address's path; `other` for an address that is none of ours. */
export function toRoutePattern(pathname: string): string {
  return MATCHERS.find(({ matcher }) => matcher.test(pathname))?.pattern ?? 'other';
}
