-- PostgresAddresses.change: waits until no other transaction changes the address of the customer. The first number
-- keeps these locks apart from those of streams and command ids.
SELECT pg_advisory_xact_lock(17486, hashtext(?))
