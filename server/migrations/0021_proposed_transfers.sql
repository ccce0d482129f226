CREATE TABLE "playhead"."proposed_transfers" (
	"transfer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"from_account_id" text COLLATE "C" NOT NULL,
	"to_account_id" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"description" text,
	"status" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "proposed_transfers_status" ON "playhead"."proposed_transfers" USING btree ("status","transfer_id");