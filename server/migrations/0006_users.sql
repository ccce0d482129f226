CREATE TABLE "playhead"."permission_grants" (
	"user_id" text COLLATE "C" NOT NULL,
	"permission" text COLLATE "C" NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"sequence" integer NOT NULL,
	CONSTRAINT "permission_grants_user_id_permission_pk" PRIMARY KEY("user_id","permission")
);
--> statement-breakpoint
CREATE TABLE "playhead"."permission_history" (
	"user_id" text COLLATE "C" NOT NULL,
	"permission" text COLLATE "C" NOT NULL,
	"sequence" integer NOT NULL,
	"change" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "permission_history_user_id_permission_sequence_pk" PRIMARY KEY("user_id","permission","sequence")
);
--> statement-breakpoint
CREATE TABLE "playhead"."permission_holders" (
	"user_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."user_profiles" (
	"user_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "permission_grants_permission" ON "playhead"."permission_grants" USING btree ("permission","user_id");--> statement-breakpoint
CREATE INDEX "permission_history_changed" ON "playhead"."permission_history" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "user_profiles_name" ON "playhead"."user_profiles" USING btree ("name" COLLATE "und-x-icu","user_id");--> statement-breakpoint
CREATE INDEX "user_profiles_updated" ON "playhead"."user_profiles" USING btree ("updated_at","user_id");