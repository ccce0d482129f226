CREATE TABLE "playhead"."projects" (
	"project_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" text NOT NULL,
	"template_id" text COLLATE "C",
	"template_version" integer,
	"template_values" text NOT NULL,
	"configuration" text NOT NULL,
	"services" integer NOT NULL,
	"links" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"archive_reason" text,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."service_edges" (
	"project_id" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"target" text COLLATE "C" NOT NULL,
	CONSTRAINT "service_edges_project_id_source_target_pk" PRIMARY KEY("project_id","source","target")
);
--> statement-breakpoint
CREATE TABLE "playhead"."service_nodes" (
	"project_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"configuration" text NOT NULL,
	CONSTRAINT "service_nodes_project_id_name_pk" PRIMARY KEY("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "playhead"."service_topologies" (
	"project_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"archived" boolean NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."template_uses" (
	"project_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"project_name" text NOT NULL,
	"template_id" text COLLATE "C",
	"template_version" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."template_catalog" (
	"template_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"tags" text NOT NULL,
	"format" text NOT NULL,
	"state" text NOT NULL,
	"newest_version" integer NOT NULL,
	"parameters" integer NOT NULL,
	"problems" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."template_tags" (
	"template_id" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C" NOT NULL,
	CONSTRAINT "template_tags_template_id_tag_pk" PRIMARY KEY("template_id","tag")
);
--> statement-breakpoint
CREATE TABLE "playhead"."template_details" (
	"template_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"newest_version" integer NOT NULL,
	"deprecated_at" timestamp (3) with time zone,
	"deprecation_reason" text,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playhead"."template_versions" (
	"template_id" text COLLATE "C" NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"tags" text NOT NULL,
	"format" text NOT NULL,
	"text" text NOT NULL,
	"validity" text NOT NULL,
	"parameters" text NOT NULL,
	"problems" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"uploaded_by" text NOT NULL,
	"validated_at" timestamp (3) with time zone,
	CONSTRAINT "template_versions_template_id_number_pk" PRIMARY KEY("template_id","number")
);
--> statement-breakpoint
CREATE INDEX "projects_changed" ON "playhead"."projects" USING btree ("changed_at","project_id");--> statement-breakpoint
CREATE INDEX "projects_created" ON "playhead"."projects" USING btree ("created_at","project_id");--> statement-breakpoint
CREATE INDEX "service_nodes_kind" ON "playhead"."service_nodes" USING btree ("kind","project_id");--> statement-breakpoint
CREATE INDEX "template_uses_template" ON "playhead"."template_uses" USING btree ("template_id","created_at","project_id");--> statement-breakpoint
CREATE INDEX "template_catalog_changed" ON "playhead"."template_catalog" USING btree ("changed_at","template_id");--> statement-breakpoint
CREATE INDEX "template_tags_tag" ON "playhead"."template_tags" USING btree ("tag","template_id");