/**
 * What a session needs besides PostGIS. The operators give infinity where a number becomes too large, as DuckDB's do; PostgreSQL's
 * own stop the statement. All of it lives in a schema that comes before PostgreSQL's in the search path.
 */
export const SETUP = `
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA IF NOT EXISTS tombolo;
SET search_path = tombolo, pg_catalog, "$user", public;
CREATE OR REPLACE FUNCTION tombolo.times(a double precision, b double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN a OPERATOR(pg_catalog.*) b; EXCEPTION WHEN numeric_value_out_of_range THEN
RETURN CASE WHEN abs(a) < 1 OR abs(b) < 1 THEN 0.0::double precision ELSE 'Infinity'::double precision END; END $$;
CREATE OR REPLACE FUNCTION tombolo.over(a double precision, b double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN a OPERATOR(pg_catalog./) b; EXCEPTION WHEN numeric_value_out_of_range THEN
RETURN CASE WHEN abs(b) > 1 THEN 0.0::double precision ELSE 'Infinity'::double precision END; END $$;
CREATE OR REPLACE FUNCTION tombolo.plus(a double precision, b double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN a OPERATOR(pg_catalog.+) b; EXCEPTION WHEN numeric_value_out_of_range THEN RETURN 'Infinity'; END $$;
CREATE OR REPLACE FUNCTION tombolo.minus(a double precision, b double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN a OPERATOR(pg_catalog.-) b; EXCEPTION WHEN numeric_value_out_of_range THEN RETURN 'Infinity'; END $$;
CREATE OR REPLACE FUNCTION tombolo.to_double(given text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN RETURN CASE WHEN given ~ '^[\\s\\u00a0]*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?[\\s\\u00a0]*$' THEN btrim(given, E' \\t\\r\\n\\u00a0')::double precision END;
EXCEPTION WHEN numeric_value_out_of_range THEN RETURN CASE WHEN given ~ '[eE]-' THEN 0 END; END $$;
CREATE OR REPLACE FUNCTION tombolo.newer(state double precision[], value double precision, at timestamp) RETURNS double precision[] LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN value IS NULL OR extract(epoch FROM at)::double precision <= state[1] THEN state
ELSE ARRAY[extract(epoch FROM at)::double precision, value] END $$;
CREATE OR REPLACE FUNCTION tombolo.second(state double precision[]) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT state[2]';
CREATE OR REPLACE AGGREGATE tombolo.latest(double precision, timestamp) (sfunc = tombolo.newer, stype = double precision[], finalfunc = tombolo.second);
CREATE OR REPLACE AGGREGATE tombolo.product(double precision) (sfunc = tombolo.times, stype = double precision, initcond = '1');
CREATE OR REPLACE AGGREGATE tombolo.sum(double precision) (sfunc = tombolo.plus, stype = double precision);
CREATE OR REPLACE FUNCTION tombolo.mean_step(state double precision[], value double precision) RETURNS double precision[] LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN value IS NULL THEN state ELSE ARRAY[tombolo.plus(state[1], value), tombolo.plus(state[2], 1)] END $$;
CREATE OR REPLACE FUNCTION tombolo.mean_of(state double precision[]) RETURNS double precision LANGUAGE sql IMMUTABLE AS
'SELECT CASE WHEN state[2] > 0 THEN tombolo.over(state[1], state[2]) END';
CREATE OR REPLACE AGGREGATE tombolo.avg(double precision) (sfunc = tombolo.mean_step, stype = double precision[], finalfunc = tombolo.mean_of, initcond = '{0,0}');
DO $$ BEGIN
CREATE OPERATOR tombolo.* (leftarg = double precision, rightarg = double precision, function = tombolo.times);
CREATE OPERATOR tombolo./ (leftarg = double precision, rightarg = double precision, function = tombolo.over);
CREATE OPERATOR tombolo.+ (leftarg = double precision, rightarg = double precision, function = tombolo.plus);
CREATE OPERATOR tombolo.- (leftarg = double precision, rightarg = double precision, function = tombolo.minus);
EXCEPTION WHEN duplicate_function THEN NULL; END $$;
`;
