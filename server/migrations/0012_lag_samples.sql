CREATE TABLE "playhead"."lag_samples" (
	"view" text NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"max_events" bigint NOT NULL,
	"last_events" bigint NOT NULL,
	"max_seconds" double precision NOT NULL,
	"last_seconds" double precision NOT NULL,
	"sampled_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lag_samples_view_minute_pk" PRIMARY KEY("view","minute")
);
--> statement-breakpoint
CREATE INDEX "lag_samples_minute" ON "playhead"."lag_samples" USING btree ("minute");