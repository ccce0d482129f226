CREATE TABLE "playhead_identity"."passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "playhead_identity"."passwords" (
	"subject" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead_identity"."provider_accounts" (
	"issuer" text NOT NULL,
	"account" text NOT NULL,
	"subject" text NOT NULL,
	"linked_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "provider_accounts_issuer_account_pk" PRIMARY KEY("issuer","account")
);
--> statement-breakpoint
CREATE TABLE "playhead_identity"."one_time_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"subject" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead_identity"."sessions" (
	"hash" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"method" text NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "playhead"."operations" ADD COLUMN "requested_from" text;--> statement-breakpoint
ALTER TABLE "playhead"."operator_actions" ADD COLUMN "origin" text;--> statement-breakpoint
CREATE INDEX "passkeys_subject" ON "playhead_identity"."passkeys" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "one_time_codes_end" ON "playhead_identity"."one_time_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_subject" ON "playhead_identity"."sessions" USING btree ("subject","created_at");--> statement-breakpoint
CREATE FUNCTION "playhead"."refuse_change_of_record"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'The record of operators'' actions is only ever added to.';
END $$;
--> statement-breakpoint
CREATE TRIGGER "operator_actions_only_added_to" BEFORE UPDATE OR DELETE ON "playhead"."operator_actions"
	FOR EACH ROW EXECUTE FUNCTION "playhead"."refuse_change_of_record"();
