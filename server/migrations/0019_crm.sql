CREATE TABLE "playhead"."crm_clients" (
	"record_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"problems" integer NOT NULL,
	"is_deleted" boolean NOT NULL,
	"needs_reading" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."crm_contacts" (
	"record_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"problems" integer NOT NULL,
	"is_deleted" boolean NOT NULL,
	"needs_reading" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."crm_contracts" (
	"record_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"problems" integer NOT NULL,
	"is_deleted" boolean NOT NULL,
	"needs_reading" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."crm_deals" (
	"record_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"values" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"problems" integer NOT NULL,
	"is_deleted" boolean NOT NULL,
	"needs_reading" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."crm_messages" (
	"message_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"source" text NOT NULL,
	"excerpt" text NOT NULL,
	"refused_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "crm_clients_title" ON "playhead"."crm_clients" USING btree ("title" COLLATE "und-x-icu","record_id");--> statement-breakpoint
CREATE INDEX "crm_clients_changed" ON "playhead"."crm_clients" USING btree ("changed_at","record_id");--> statement-breakpoint
CREATE INDEX "crm_clients_values" ON "playhead"."crm_clients" USING gin ("values" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "crm_clients_attention" ON "playhead"."crm_clients" USING btree ("record_id") WHERE "playhead"."crm_clients"."problems" > 0 OR "playhead"."crm_clients"."needs_reading";--> statement-breakpoint
CREATE INDEX "crm_contacts_title" ON "playhead"."crm_contacts" USING btree ("title" COLLATE "und-x-icu","record_id");--> statement-breakpoint
CREATE INDEX "crm_contacts_changed" ON "playhead"."crm_contacts" USING btree ("changed_at","record_id");--> statement-breakpoint
CREATE INDEX "crm_contacts_values" ON "playhead"."crm_contacts" USING gin ("values" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "crm_contacts_attention" ON "playhead"."crm_contacts" USING btree ("record_id") WHERE "playhead"."crm_contacts"."problems" > 0 OR "playhead"."crm_contacts"."needs_reading";--> statement-breakpoint
CREATE INDEX "crm_contracts_title" ON "playhead"."crm_contracts" USING btree ("title" COLLATE "und-x-icu","record_id");--> statement-breakpoint
CREATE INDEX "crm_contracts_changed" ON "playhead"."crm_contracts" USING btree ("changed_at","record_id");--> statement-breakpoint
CREATE INDEX "crm_contracts_values" ON "playhead"."crm_contracts" USING gin ("values" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "crm_contracts_attention" ON "playhead"."crm_contracts" USING btree ("record_id") WHERE "playhead"."crm_contracts"."problems" > 0 OR "playhead"."crm_contracts"."needs_reading";--> statement-breakpoint
CREATE INDEX "crm_deals_title" ON "playhead"."crm_deals" USING btree ("title" COLLATE "und-x-icu","record_id");--> statement-breakpoint
CREATE INDEX "crm_deals_changed" ON "playhead"."crm_deals" USING btree ("changed_at","record_id");--> statement-breakpoint
CREATE INDEX "crm_deals_values" ON "playhead"."crm_deals" USING gin ("values" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "crm_deals_attention" ON "playhead"."crm_deals" USING btree ("record_id") WHERE "playhead"."crm_deals"."problems" > 0 OR "playhead"."crm_deals"."needs_reading";--> statement-breakpoint
CREATE INDEX "crm_messages_refused" ON "playhead"."crm_messages" USING btree ("refused_at","message_id");--> statement-breakpoint
-- To be called again where pg_trgm came later.
CREATE FUNCTION playhead.build_crm_search_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  trgm text;
  kept record;
BEGIN
  SELECT quote_ident(nspname) INTO trgm FROM pg_extension
    JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm';
  FOR kept IN
    SELECT nspname AS home, relname AS name FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname LIKE 'playhead%' AND relkind = 'r'
      AND relname IN ('crm_clients', 'crm_contracts', 'crm_deals', 'crm_contacts')
  LOOP
    EXECUTE format('
      CREATE INDEX IF NOT EXISTS %2$s_document ON %1$I.%2$I USING gin (
        to_tsvector(''simple'', playhead.fold_text(words))
      ) WITH (gin_pending_list_limit = 256)', kept.home, kept.name);
    IF trgm IS NOT NULL THEN
      EXECUTE format('
        CREATE INDEX IF NOT EXISTS %2$s_search ON %1$I.%2$I USING gin (
          playhead.fold_text(words) %3$s.gin_trgm_ops
        ) WITH (gin_pending_list_limit = 256)', kept.home, kept.name, trgm);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
SELECT playhead.build_crm_search_indexes();
