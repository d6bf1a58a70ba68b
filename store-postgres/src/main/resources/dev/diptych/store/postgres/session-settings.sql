-- SessionSettings.require: returns the settings of the session and of its database, and the user who has logged in.
SELECT name, setting FROM pg_settings
UNION ALL
SELECT 'session_user', session_user
