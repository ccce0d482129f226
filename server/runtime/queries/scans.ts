/**
 * The connections for searches, and their bounds in milliseconds: together less than the ten seconds
 * for which a page waits. PostgreSQL looks as often as said whether anybody still listens to a
 * statement, and ends it if not. Each statement is planned for what is looked for: a frequent word and
 * a rare one are found by different ways. To compile one takes longer than to run it.
 */
export const SCANS = {
  max: 4,
  settings: {
    statement_timeout: 5_000,
    client_connection_check_interval: 100,
    plan_cache_mode: 'force_custom_plan',
    jit: 'off',
  },
  limits: { mostWaiting: 12, waitMs: 2_000, workMs: 7_000 },
};
