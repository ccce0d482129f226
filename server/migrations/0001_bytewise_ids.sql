ALTER TABLE "playhead"."account_months" ALTER COLUMN "account_id" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."account_months" ALTER COLUMN "month" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."account_summaries" ALTER COLUMN "account_id" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."accounts" ALTER COLUMN "account_id" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."accounts" ALTER COLUMN "number" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."daily_balances" ALTER COLUMN "account_id" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "playhead"."transactions" ALTER COLUMN "account_id" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
DO $$
DECLARE kept record;
BEGIN
  FOR kept IN
    SELECT nspname, relname, attname
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname IN ('playhead_candidate', 'playhead_archive') AND relkind = 'r'
      AND attname IN ('account_id', 'number', 'month') AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %I.%I ALTER COLUMN %I SET DATA TYPE text COLLATE "C"',
      kept.nspname, kept.relname, kept.attname);
  END LOOP;
END $$;
