CREATE TABLE "playhead"."journal_arrivals" (
	"second" timestamp (0) with time zone PRIMARY KEY NOT NULL,
	"events" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."journal_counts" (
	"event_type" text NOT NULL,
	"actor" text NOT NULL,
	"events" bigint NOT NULL,
	CONSTRAINT "journal_counts_event_type_actor_pk" PRIMARY KEY("event_type","actor")
);
--> statement-breakpoint
DROP INDEX "playhead"."journal_ingested_at";--> statement-breakpoint
DROP INDEX "playhead"."journal_event_id";--> statement-breakpoint
DROP INDEX "playhead"."journal_correlation";--> statement-breakpoint
CREATE INDEX "dead_letters_waiting" ON "playhead"."dead_letters" USING btree ("projection","first_failed_at") WHERE status <> 'skipped';--> statement-breakpoint
CREATE INDEX "journal_actor" ON "playhead"."journal" USING btree (("metadata" ->> 'actor'),"event_type","position");--> statement-breakpoint
CREATE INDEX "journal_event_id" ON "playhead"."journal" USING btree ("event_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "journal_correlation" ON "playhead"."journal" USING btree ("correlation_id","position");