CREATE TABLE "playhead"."bus_publisher" (
	"topic" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "playhead"."bus_progress" (
	"rebuild" integer NOT NULL,
	"aggregate_id" text NOT NULL,
	"event_sequence" integer NOT NULL,
	CONSTRAINT "bus_progress_rebuild_aggregate_id_pk" PRIMARY KEY("rebuild","aggregate_id")
);
--> statement-breakpoint
CREATE TABLE "playhead"."bus_replays" (
	"rebuild" integer PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'create-queues' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"until" bigint,
	"put_position" bigint DEFAULT 0 NOT NULL,
	"put" bigint DEFAULT 0 NOT NULL,
	"replayed" bigint DEFAULT 0 NOT NULL,
	"live" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"depths" jsonb,
	"error" text,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "playhead"."rebuilds" ADD COLUMN "reach" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "playhead"."bus_progress" ADD CONSTRAINT "bus_progress_rebuild_bus_replays_rebuild_fk" FOREIGN KEY ("rebuild") REFERENCES "playhead"."bus_replays"("rebuild") ON DELETE cascade ON UPDATE no action;