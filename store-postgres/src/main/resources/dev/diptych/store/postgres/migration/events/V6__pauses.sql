-- Whether nobody is to run a projection, whichever node asks. Kept beside the lease, so that one look says both. Run once,
-- by Flyway or by hand.
ALTER TABLE diptych.leases ADD COLUMN paused boolean NOT NULL DEFAULT false;
