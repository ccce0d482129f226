CREATE FUNCTION playhead.fold_text(input text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF input ~ '[^\x01-\x7f]' THEN
    input := regexp_replace(normalize(input, NFKD), '[\u0300-\u036f]', '', 'g');
    input := translate(input, 'ŁłØøĐđĦħŦŧı', 'LlOoDdHhTti');
    input := replace(replace(input, 'ß', 'ss'), 'ẞ', 'ss');
    input := replace(replace(input, 'æ', 'ae'), 'Æ', 'ae');
    input := replace(replace(input, 'œ', 'oe'), 'Œ', 'oe');
  END IF;
  RETURN lower(input);
END $$;
--> statement-breakpoint
CREATE FUNCTION playhead.event_text(aggregate_id text, event_data jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  currency constant text := event_data ->> 'currency';
  digits constant integer := CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
      'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4
    ELSE 2 END;
  amount text;
  found text := ' ' || substr(aggregate_id, strpos(aggregate_id, '#') + 1);
BEGIN
  IF jsonb_typeof(event_data) = 'object' THEN
    found := found || coalesce((SELECT string_agg(' ' || value, '') FROM jsonb_each_text(event_data)), '');
  END IF;
  IF currency IS NOT NULL AND digits > 0 THEN
    FOREACH amount IN ARRAY ARRAY[event_data ->> 'amount', event_data ->> 'overdraftLimit'] LOOP
      IF amount ~ '^\d+$' THEN
        amount := lpad(amount, greatest(digits + 1, length(amount)), '0');
        found := found || ' ' || left(amount, -digits) || '.' || right(amount, digits);
      END IF;
    END LOOP;
  END IF;
  RETURN found;
END $$;
--> statement-breakpoint
CREATE FUNCTION playhead.count_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM playhead.journal_counts;
    DELETE FROM playhead.journal_arrivals;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO playhead.journal_counts AS held
    SELECT event_type, coalesce(metadata ->> 'actor', ''), -count(*) FROM old_rows GROUP BY 1, 2
    ON CONFLICT (event_type, actor) DO UPDATE SET events = held.events + excluded.events;
    INSERT INTO playhead.journal_arrivals AS held
    SELECT date_trunc('second', ingested_at), -count(*) FROM old_rows GROUP BY 1
    ON CONFLICT (second) DO UPDATE SET events = held.events + excluded.events;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO playhead.journal_counts AS held
    SELECT event_type, coalesce(metadata ->> 'actor', ''), count(*) FROM new_rows GROUP BY 1, 2
    ON CONFLICT (event_type, actor) DO UPDATE SET events = held.events + excluded.events;
    INSERT INTO playhead.journal_arrivals AS held
    SELECT date_trunc('second', ingested_at), count(*) FROM new_rows GROUP BY 1
    ON CONFLICT (second) DO UPDATE SET events = held.events + excluded.events;
  END IF;
  DELETE FROM playhead.journal_arrivals WHERE second < clock_timestamp() - interval '5 minutes';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_inserted AFTER INSERT ON playhead.journal REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION playhead.count_journal();
--> statement-breakpoint
CREATE TRIGGER journal_updated AFTER UPDATE ON playhead.journal REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION playhead.count_journal();
--> statement-breakpoint
CREATE TRIGGER journal_deleted AFTER DELETE ON playhead.journal REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION playhead.count_journal();
--> statement-breakpoint
CREATE TRIGGER journal_truncated AFTER TRUNCATE ON playhead.journal
FOR EACH STATEMENT EXECUTE FUNCTION playhead.count_journal();
--> statement-breakpoint
INSERT INTO playhead.journal_counts (event_type, actor, events)
SELECT event_type, coalesce(metadata ->> 'actor', ''), count(*) FROM playhead.journal GROUP BY 1, 2;
--> statement-breakpoint
CREATE FUNCTION playhead.build_search_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  trgm text;
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
END $$;
--> statement-breakpoint
SELECT playhead.build_search_indexes();
