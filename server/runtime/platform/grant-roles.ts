import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import type { Db, Tx } from './postgres.ts';
import { CANDIDATE_SCHEMA, IDENTITY_SCHEMA, LIVE_SCHEMA, SCHEMAS } from './schemas.ts';

/** The PostgreSQL roles of the two processes that serve; the owner's own is for migrations and operators. */
export type ServingRoles = { readonly web: string; readonly worker: string };

/**
 * Gives the roles what their processes need, and no more: the web server reads, adds operators' requests and webhooks,
 * lets people in and records that, and notes when a token was used; the worker reads and writes rows and
 * completes the tables of a candidate generation, and knows of nobody who signs in. Tokens are made by the
 * owner alone, and the record of actions is only added to. Repeating it changes nothing.
 * Throws NOT_CONFIGURED when a role does not exist or may do everything anyway.
 */
export async function grantRoles(db: Db, { web, worker }: ServingRoles): Promise<void> {
  await requireOrdinary(db, { web, worker });
  const [reader, writer] = [sql.identifier(web), sql.identifier(worker)];
  const live = sql.identifier(LIVE_SCHEMA);
  const identity = sql.identifier(IDENTITY_SCHEMA);
  await db.transaction(async (tx) => {
    // Several processes may start at once, and two grants on one thing at a time are an error.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(7529423302)`);
    await tx.execute(sql`GRANT USAGE ON SCHEMA ${schemas} TO ${reader}, ${writer}`);
    // A rebuild's tables belong to the owner of their schema, for the worker builds their indexes.
    await tx.execute(sql`ALTER SCHEMA ${sql.identifier(CANDIDATE_SCHEMA)} OWNER TO ${writer}`);
    await tx.execute(sql`GRANT SELECT ON ALL TABLES IN SCHEMA ${live} TO ${reader}`);
    await tx.execute(
      sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schemas} TO ${writer}`,
    );
    await tx.execute(sql`GRANT INSERT ON ${live}.operations TO ${reader}`);
    await tx.execute(sql`GRANT INSERT ON ${live}.operator_actions TO ${reader}`);
    await tx.execute(sql`REVOKE UPDATE, DELETE ON ${live}.operator_actions FROM ${writer}`);
    await tx.execute(sql`GRANT USAGE ON SCHEMA ${identity} TO ${reader}`);
    await tx.execute(
      sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${identity} TO ${reader}`,
    );
    await tx.execute(sql`GRANT UPDATE (last_used_at) ON ${live}.api_tokens TO ${reader}`);
    await tx.execute(sql`REVOKE ALL ON ${live}.api_tokens FROM ${writer}`);
    // Who makes a webhook is shown its secret, which the web server cannot read again.
    await tx.execute(sql`REVOKE ALL ON ${live}.webhook_secrets FROM ${reader}`);
    await tx.execute(sql`GRANT SELECT (name, created_at) ON ${live}.webhook_secrets TO ${reader}`);
    await tx.execute(sql`GRANT INSERT ON ${live}.webhooks, ${live}.webhook_secrets TO ${reader}`);
    await grantByDefault(tx, sql`SELECT ON TABLES TO ${reader}`);
    await grantByDefault(tx, sql`SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${writer}`);
  });
}

const schemas = sql.join(
  SCHEMAS.map((schema) => sql.identifier(schema)),
  sql`, `,
);

/** For tables that migrations and rebuilds make from now on. */
async function grantByDefault(tx: Tx, rights: ReturnType<typeof sql>): Promise<void> {
  await tx.execute(sql`ALTER DEFAULT PRIVILEGES IN SCHEMA ${schemas} GRANT ${rights}`);
}

const rolesSchema = z.array(
  z.object({ name: z.string(), may_everything: z.boolean(), is_ours: z.boolean() }),
);

async function requireOrdinary(db: Db, { web, worker }: ServingRoles): Promise<void> {
  const rows = await db.execute(sql`
    SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb AS may_everything,
      pg_has_role(current_user, oid, 'MEMBER') AS is_ours
    FROM pg_catalog.pg_roles
  `);
  const known = rolesSchema.parse(rows);
  const refuse = (sentence: string) => new PlayheadError('NOT_CONFIGURED', sentence);
  for (const role of [web, worker]) {
    const found = known.find(({ name }) => name === role);
    if (found === undefined) {
      throw refuse(
        `The PostgreSQL role ${role} does not exist. Let an administrator run: ` +
          `CREATE ROLE ${role} LOGIN PASSWORD '…';`,
      );
    }
    if (found.may_everything) {
      throw refuse(
        `The PostgreSQL role ${role} is a superuser, or may create roles or databases: use one that may not.`,
      );
    }
    // Without it a swap would not see who still reads the generation before.
    if (!found.is_ours) {
      throw refuse(
        `The role of DATABASE_URL must be a member of ${role}. Let an administrator run: ` +
          `GRANT ${role} TO <the role of DATABASE_URL>;`,
      );
    }
  }
}
