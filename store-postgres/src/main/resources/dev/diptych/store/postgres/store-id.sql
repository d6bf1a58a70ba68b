-- PostgresStoreId: one row, see migration/events/V4__store_identity.sql.
SELECT id::text
  FROM diptych.store_identity
