CREATE TABLE "playhead"."binding" (
	"id" smallint PRIMARY KEY NOT NULL,
	"event_store" text NOT NULL,
	"bound_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
