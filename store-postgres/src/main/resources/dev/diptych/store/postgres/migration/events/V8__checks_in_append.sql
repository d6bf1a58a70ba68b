-- Takes two checks from the table of events that diptych.append makes anyway: PostgreSQL prepares those of a table anew for
-- every statement, which took a good part of the time of an append.
ALTER TABLE diptych.events
    DROP CONSTRAINT IF EXISTS events_version_check,
    DROP CONSTRAINT IF EXISTS events_schema_version_check;
