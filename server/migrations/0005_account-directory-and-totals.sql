CREATE TABLE "playhead"."account_directory" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"owner" text NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."account_totals" (
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"accounts" bigint NOT NULL,
	"balance" numeric(38, 0) NOT NULL,
	CONSTRAINT "account_totals_currency_status_pk" PRIMARY KEY("currency","status")
);
--> statement-breakpoint
DROP INDEX "playhead"."accounts_owner";--> statement-breakpoint
DROP INDEX "playhead"."accounts_balance";--> statement-breakpoint
DROP INDEX "playhead"."accounts_last_activity";--> statement-breakpoint
CREATE INDEX "account_directory_owner" ON "playhead"."account_directory" USING btree ("currency","status","owner" COLLATE "und-x-icu","account_id");--> statement-breakpoint
CREATE INDEX "account_directory_number" ON "playhead"."account_directory" USING btree ("currency","status","number","account_id");--> statement-breakpoint
CREATE INDEX "account_directory_opened" ON "playhead"."account_directory" USING btree ("currency","status","opened_at","account_id");--> statement-breakpoint
CREATE INDEX "accounts_balance" ON "playhead"."accounts" USING btree ("currency","status","balance","account_id");--> statement-breakpoint
CREATE INDEX "accounts_last_activity" ON "playhead"."accounts" USING btree ("currency","status","last_activity_at","account_id");--> statement-breakpoint
CREATE FUNCTION playhead.keep_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  home constant text := quote_ident(TG_TABLE_SCHEMA);
  changes text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('DELETE FROM %s.account_totals', home);
    EXECUTE format('DELETE FROM %s.account_directory', home);
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
    changes := 'SELECT currency, status, 1 AS accounts, balance FROM new_rows';
  ELSIF TG_OP = 'DELETE' THEN
    changes := 'SELECT currency, status, -1 AS accounts, -balance AS balance FROM old_rows';
  ELSE
    IF NOT EXISTS (SELECT FROM new_rows) THEN
      RETURN NULL;
    END IF;
    changes := 'SELECT currency, status, 1 AS accounts, balance FROM new_rows
      UNION ALL SELECT currency, status, -1, -balance FROM old_rows';
  END IF;
  EXECUTE format('
    INSERT INTO %s.account_totals AS held
    SELECT currency, status, sum(accounts), sum(balance) FROM (%s) AS change GROUP BY 1, 2
    HAVING sum(accounts) <> 0 OR sum(balance) <> 0 ORDER BY 1, 2
    ON CONFLICT (currency, status) DO UPDATE
    SET accounts = held.accounts + excluded.accounts, balance = held.balance + excluded.balance',
    home, changes);
  IF TG_OP = 'UPDATE' THEN
    -- Not by a join: its plan is made for the first batch's size, and kept.
    IF NOT EXISTS (
      SELECT account_id, currency, status, owner, number, opened_at FROM old_rows
      EXCEPT SELECT account_id, currency, status, owner, number, opened_at FROM new_rows
    ) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('DELETE FROM %s.account_totals WHERE accounts = 0', home);
    EXECUTE format('DELETE FROM %s.account_directory AS held USING old_rows
      WHERE held.account_id = old_rows.account_id', home);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('INSERT INTO %s.account_directory
      (account_id, currency, status, owner, number, opened_at, words)
      SELECT account_id, currency, status, owner, number, opened_at,
        '' '' || playhead.fold_text(owner) || E''\n '' || playhead.fold_text(number) FROM new_rows', home);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION playhead.watch_accounts(home text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('
    CREATE TRIGGER accounts_inserted AFTER INSERT ON %1$I.accounts REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION playhead.keep_accounts();
    CREATE TRIGGER accounts_updated AFTER UPDATE ON %1$I.accounts
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION playhead.keep_accounts();
    CREATE TRIGGER accounts_deleted AFTER DELETE ON %1$I.accounts REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION playhead.keep_accounts();
    CREATE TRIGGER accounts_truncated AFTER TRUNCATE ON %1$I.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION playhead.keep_accounts();
    INSERT INTO %1$I.account_totals (currency, status, accounts, balance)
    SELECT currency, status, count(*), sum(balance) FROM %1$I.accounts GROUP BY 1, 2;
    INSERT INTO %1$I.account_directory
      (account_id, currency, status, owner, number, opened_at, words)
    SELECT account_id, currency, status, owner, number, opened_at,
      '' '' || playhead.fold_text(owner) || E''\n '' || playhead.fold_text(number) FROM %1$I.accounts',
    home);
END $$;
--> statement-breakpoint
SELECT playhead.watch_accounts('playhead');
--> statement-breakpoint
DO $$
DECLARE
  kept record;
  part record;
BEGIN
  FOR kept IN
    SELECT nspname AS home, pg_get_userbyid(relowner) AS owner
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname IN ('playhead_candidate', 'playhead_archive') AND relname = 'accounts' AND relkind = 'r'
  LOOP
    EXECUTE format('
      CREATE TABLE %1$I.account_directory (
        LIKE playhead.account_directory INCLUDING ALL EXCLUDING INDEXES, PRIMARY KEY (account_id)
      );
      CREATE TABLE %1$I.account_totals (
        LIKE playhead.account_totals INCLUDING ALL EXCLUDING INDEXES,
        CONSTRAINT account_totals_currency_status_pk PRIMARY KEY (currency, status)
      );
      ALTER TABLE %1$I.account_directory OWNER TO %2$I;
      ALTER TABLE %1$I.account_totals OWNER TO %2$I;
      DROP INDEX IF EXISTS %1$I.accounts_owner, %1$I.accounts_balance, %1$I.accounts_last_activity',
      kept.home, kept.owner);
    FOR part IN
      SELECT indexdef FROM pg_indexes
      WHERE schemaname = 'playhead' AND tablename IN ('accounts', 'account_directory')
        AND indexname <> 'accounts_pkey' AND indexname <> 'account_directory_pkey'
    LOOP
      EXECUTE replace(part.indexdef, ' ON playhead.', format(' ON %I.', kept.home));
    END LOOP;
    PERFORM playhead.watch_accounts(kept.home);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION playhead.build_search_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  trgm text;
  home text;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA playhead;
    CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA playhead;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
    RAISE NOTICE 'Events cannot be searched beyond the newest ones: %', SQLERRM;
    RETURN;
  END;
  SELECT quote_ident(nspname) INTO trgm FROM pg_extension
    JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm';
  EXECUTE format('
    CREATE INDEX IF NOT EXISTS journal_search ON playhead.journal USING gin (
      (position >> 13), event_type, (metadata ->> ''actor''),
      playhead.fold_text(playhead.event_text(aggregate_id, event_data)) %s.gin_trgm_ops
    ) WITH (gin_pending_list_limit = 256)', trgm);
  FOR home IN
    SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname LIKE 'playhead%' AND relname = 'account_directory' AND relkind = 'r'
  LOOP
    EXECUTE format('
      CREATE INDEX IF NOT EXISTS account_directory_search ON %I.account_directory USING gin (
        (currency || '':'' || status), words %s.gin_trgm_ops
      ) WITH (gin_pending_list_limit = 256)', home, trgm);
  END LOOP;
END $$;
--> statement-breakpoint
SELECT playhead.build_search_indexes();
