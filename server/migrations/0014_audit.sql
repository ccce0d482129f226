DROP INDEX "playhead"."operations_newest";--> statement-breakpoint
CREATE INDEX "operator_actions_newest" ON "playhead"."operator_actions" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "operations_newest" ON "playhead"."operations" USING btree ("requested_at","id");