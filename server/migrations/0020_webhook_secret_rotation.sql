ALTER TABLE "playhead"."webhook_secrets" DROP CONSTRAINT "webhook_secrets_pkey";--> statement-breakpoint
ALTER TABLE "playhead"."webhook_secrets" ADD COLUMN "created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL;--> statement-breakpoint
ALTER TABLE "playhead"."webhook_secrets" ADD CONSTRAINT "webhook_secrets_name_created_at_pk" PRIMARY KEY("name","created_at");
