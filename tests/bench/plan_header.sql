-- What `plans::look_up` asks. Variables: comune, plan.
BEGIN READ ONLY;
SELECT set_config('app.comune', :comune, true);
SELECT "plans"."comune", "plans"."id", "plans"."external_id", "plans"."year", "plans"."kind", "plans"."title", "plans"."state", "plans"."version" FROM "plans" WHERE (("plans"."comune" = :comune) AND ("plans"."id" = :plan)) LIMIT 1;
COMMIT;
