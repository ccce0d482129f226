CREATE INDEX "account_directory_beginning" ON "playhead"."account_directory" USING btree (left("words", 100) text_pattern_ops);--> statement-breakpoint
DO $$
DECLARE
  home text;
BEGIN
  FOR home IN
    SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname IN ('playhead_candidate', 'playhead_archive') AND relname = 'account_directory' AND relkind = 'r'
  LOOP
    EXECUTE format('
      CREATE INDEX IF NOT EXISTS account_directory_beginning ON %I.account_directory
      USING btree (left(words, 100) text_pattern_ops)', home);
  END LOOP;
END $$;
