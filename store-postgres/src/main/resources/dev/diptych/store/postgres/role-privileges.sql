-- PostgresSchema.requirePrivileges: returns the user and the statements that are still to be run if the user lacks
-- privileges of the role; no row otherwise, or if the schema does not exist. The user may have them without being a
-- member of the role. (CASE, because an entry of another grantee may be a privilege that only sequences have.)
SELECT session_user,
       array_remove(ARRAY[
           CASE WHEN r.oid IS NULL THEN format('CREATE ROLE %I NOLOGIN', needed.role) END,
           CASE WHEN has_schema_privilege(r.oid, n.oid, 'USAGE') IS NOT TRUE THEN 'SELECT diptych.grant_roles()' END,
           CASE WHEN pg_has_role(r.oid, 'USAGE') IS NOT TRUE
                THEN format('GRANT %I TO %I', needed.role, session_user) END], NULL)
  FROM (SELECT ?::text AS role) needed
  JOIN pg_namespace n ON n.nspname = 'diptych'
  LEFT JOIN pg_roles r ON r.rolname = needed.role
 WHERE NOT has_schema_privilege(n.oid, 'USAGE')
    OR EXISTS (SELECT FROM pg_class c, aclexplode(c.relacl) a
                WHERE c.relnamespace = n.oid
                  AND CASE WHEN a.grantee = r.oid THEN NOT has_table_privilege(c.oid, a.privilege_type) END)
    OR EXISTS (SELECT FROM pg_proc p, aclexplode(p.proacl) a
                WHERE p.pronamespace = n.oid
                  AND a.grantee = r.oid
                  AND NOT has_function_privilege(p.oid, 'EXECUTE'))
