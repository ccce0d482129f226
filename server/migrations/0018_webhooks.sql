CREATE TABLE "playhead"."webhook_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "playhead"."webhook_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook" text NOT NULL,
	"position" bigint NOT NULL,
	"event_id" text NOT NULL,
	"event_type" text NOT NULL,
	"aggregate_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"outcome" text NOT NULL,
	"http_status" integer,
	"error" text,
	"milliseconds" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."webhook_secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."webhooks" (
	"name" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"aggregate_types" jsonb NOT NULL,
	"event_types" jsonb NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"position" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"refusals" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"last_error" text,
	"next_attempt_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "playhead"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_webhooks_name_fk" FOREIGN KEY ("webhook") REFERENCES "playhead"."webhooks"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playhead"."webhook_secrets" ADD CONSTRAINT "webhook_secrets_name_webhooks_name_fk" FOREIGN KEY ("name") REFERENCES "playhead"."webhooks"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_newest" ON "playhead"."webhook_deliveries" USING btree ("webhook","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_age" ON "playhead"."webhook_deliveries" USING btree ("at");