CREATE TABLE "playhead"."journal_minutes" (
	"minute" timestamp (0) with time zone PRIMARY KEY NOT NULL,
	"last_position" bigint NOT NULL
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION playhead.count_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM playhead.journal_counts;
    DELETE FROM playhead.journal_arrivals;
    DELETE FROM playhead.journal_minutes;
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
  IF TG_OP = 'INSERT' THEN
    INSERT INTO playhead.journal_minutes AS held
    SELECT minute, max(max(position)) OVER (ORDER BY minute) FROM (
      SELECT greatest(date_trunc('minute', new_rows.ingested_at), newest.minute) AS minute,
        greatest(new_rows.position, newest.last_position) AS position
      FROM new_rows LEFT JOIN (
        SELECT minute, last_position FROM playhead.journal_minutes ORDER BY minute DESC LIMIT 1
      ) AS newest ON true
    ) AS arrived GROUP BY minute
    ON CONFLICT (minute) DO UPDATE SET last_position = excluded.last_position;
  END IF;
  DELETE FROM playhead.journal_arrivals WHERE second < clock_timestamp() - interval '16 minutes';
  RETURN NULL;
END $$;
--> statement-breakpoint
INSERT INTO playhead.journal_minutes
SELECT minute, max(max(position)) OVER (ORDER BY minute)
FROM (SELECT date_trunc('minute', ingested_at) AS minute, position FROM playhead.journal) AS arrived
GROUP BY minute;
