-- Takes two checks from the table of events: PostgreSQL reads those of a table from their stored text for every statement,
-- which took a good part of the time of an append. The version comes from diptych.append, which counts from 1; the schema
-- version from the program, which takes no event with less than 1.
ALTER TABLE diptych.events
    DROP CONSTRAINT IF EXISTS events_version_check,
    DROP CONSTRAINT IF EXISTS events_schema_version_check;
