CREATE INDEX "account_directory_owner_words" ON "playhead"."account_directory" USING btree ("owner" COLLATE "und-x-icu","account_id","words","currency","status");--> statement-breakpoint
DO $$
DECLARE
  home text;
BEGIN
  FOR home IN
    SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname IN ('playhead_candidate', 'playhead_archive') AND relname = 'account_directory' AND relkind = 'r'
  LOOP
    EXECUTE format('
      CREATE INDEX IF NOT EXISTS account_directory_owner_words ON %I.account_directory
      USING btree (owner COLLATE "und-x-icu", account_id, words, currency, status)', home);
  END LOOP;
END $$;
