-- PostgresStoreId: one row, see migration/events/V2__store_identity.sql.
SELECT id::text
  FROM diptych.store_identity
