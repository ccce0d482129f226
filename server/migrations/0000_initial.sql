CREATE TABLE "dead_letters" (
	"projection" text NOT NULL,
	"aggregate_id" text NOT NULL,
	"event_sequence" integer NOT NULL,
	"position" bigint,
	"event_id" text,
	"event_type" text,
	"category" text NOT NULL,
	"error" text NOT NULL,
	"error_group" text NOT NULL,
	"stack" text,
	"raw_item" text,
	"attempts" integer NOT NULL,
	"first_failed_at" timestamp (3) with time zone NOT NULL,
	"last_failed_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"skipped_at" timestamp (3) with time zone,
	"skipped_by" text,
	"skip_reason" text,
	CONSTRAINT "dead_letters_projection_aggregate_id_event_sequence_pk" PRIMARY KEY("projection","aggregate_id","event_sequence")
);
--> statement-breakpoint
CREATE TABLE "journal_state" (
	"id" smallint PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"mark" bigint DEFAULT 0 NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone,
	"events_read" bigint DEFAULT 0 NOT NULL,
	"events_inserted" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"position" bigint PRIMARY KEY NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"aggregate_id" text NOT NULL,
	"event_sequence" integer NOT NULL,
	"event_id" text NOT NULL,
	"event_type" text NOT NULL,
	"event_data" jsonb NOT NULL,
	"correlation_id" text NOT NULL,
	"causation_id" text NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"metadata" jsonb NOT NULL,
	"ingested_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "journal_aggregate_sequence" UNIQUE("aggregate_id","event_sequence")
);
--> statement-breakpoint
CREATE TABLE "journal_aggregates" (
	"aggregate_id" text PRIMARY KEY NOT NULL,
	"event_sequence" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_head" (
	"slice" smallint PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_months" (
	"account_id" text NOT NULL,
	"month" text NOT NULL,
	"total_in" numeric(38, 0) NOT NULL,
	"total_out" numeric(38, 0) NOT NULL,
	CONSTRAINT "account_months_account_id_month_pk" PRIMARY KEY("account_id","month")
);
--> statement-breakpoint
CREATE TABLE "account_summaries" (
	"account_id" text PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"balance" bigint NOT NULL,
	"deposits" integer NOT NULL,
	"withdrawals" integer NOT NULL,
	"transfers_in" integer NOT NULL,
	"transfers_out" integer NOT NULL,
	"total_in" numeric(38, 0) NOT NULL,
	"total_out" numeric(38, 0) NOT NULL,
	"largest_in" bigint NOT NULL,
	"largest_out" bigint NOT NULL,
	"lowest_balance" bigint NOT NULL,
	"highest_balance" bigint NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"account_id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"owner" text NOT NULL,
	"currency" text NOT NULL,
	"overdraft_limit" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"status" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"last_activity_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_balances" (
	"account_id" text NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"opening" bigint NOT NULL,
	"closing" bigint NOT NULL,
	"total_in" bigint NOT NULL,
	"total_out" bigint NOT NULL,
	"movements" integer NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "daily_balances_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "operator_actions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operator_actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"effect" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projections" (
	"name" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"paused_by" text,
	"pause_reason" text,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "rebuilds" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rebuilds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"projection" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"from_version" integer NOT NULL,
	"version" integer NOT NULL,
	"start_position" bigint NOT NULL,
	"position" bigint NOT NULL,
	"target" bigint NOT NULL,
	"estimate" jsonb NOT NULL,
	"rate" double precision,
	"error" jsonb,
	"worker" text,
	"claimed_until" timestamp (3) with time zone,
	"requested_by" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"previous_version" integer,
	"previous_position" bigint
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"account_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"event_id" text NOT NULL,
	"type" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"currency" text NOT NULL,
	"description" text,
	"counterparty" text,
	"booked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "transactions_account_id_sequence_pk" PRIMARY KEY("account_id","sequence")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letters_blocking" ON "dead_letters" USING btree ("projection","aggregate_id") WHERE status <> 'skipped';--> statement-breakpoint
CREATE INDEX "dead_letters_group" ON "dead_letters" USING btree ("status","projection","error_group");--> statement-breakpoint
CREATE INDEX "dead_letters_aggregate" ON "dead_letters" USING btree ("aggregate_id");--> statement-breakpoint
CREATE INDEX "journal_event_id" ON "journal" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "journal_event_type" ON "journal" USING btree ("event_type","position");--> statement-breakpoint
CREATE INDEX "journal_correlation" ON "journal" USING btree ("correlation_id");--> statement-breakpoint
CREATE INDEX "journal_ingested_at" ON "journal" USING btree ("ingested_at");--> statement-breakpoint
CREATE INDEX "accounts_owner" ON "accounts" USING btree ("owner","account_id");--> statement-breakpoint
CREATE INDEX "accounts_balance" ON "accounts" USING btree ("balance","account_id");--> statement-breakpoint
CREATE INDEX "accounts_last_activity" ON "accounts" USING btree ("last_activity_at","account_id");--> statement-breakpoint
CREATE INDEX "operator_actions_subject" ON "operator_actions" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "rebuilds_projection" ON "rebuilds" USING btree ("projection","id");--> statement-breakpoint
CREATE UNIQUE INDEX "rebuilds_one_at_a_time" ON "rebuilds" USING btree ("projection") WHERE "rebuilds"."status" IN ('running', 'ready');--> statement-breakpoint
CREATE INDEX "transactions_booked_at" ON "transactions" USING btree ("booked_at");