-- PostgresReadModel.forceCustomPlans: plans each statement for its parameters until the end of the transaction.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
