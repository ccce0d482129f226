CREATE TABLE "playhead"."operations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"input" jsonb NOT NULL,
	"reason" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"worker" text,
	"claimed_until" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"progress" jsonb,
	"result" jsonb,
	"error" jsonb
);
--> statement-breakpoint
CREATE INDEX "operations_newest" ON "playhead"."operations" USING btree ("requested_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "operations_open" ON "playhead"."operations" USING btree ("requested_at") WHERE status IN ('queued', 'running');