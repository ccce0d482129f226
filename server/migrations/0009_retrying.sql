UPDATE "playhead"."dead_letters" SET "status" = 'retrying' WHERE "status" = 'draining';
