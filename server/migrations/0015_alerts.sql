CREATE TABLE "playhead"."alert_responses" (
	"alert" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"seen" double precision NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "playhead"."lag_thresholds" (
	"view" text PRIMARY KEY NOT NULL,
	"seconds" double precision NOT NULL
);
