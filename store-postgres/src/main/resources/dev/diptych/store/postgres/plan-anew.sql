-- Database.planAnew: until the end of the transaction, each statement is planned for the parameters that it has.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
