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
BEGIN RETURN trim(given)::double precision; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION tombolo.newer(state double precision[], value double precision, at timestamp) RETURNS double precision[] LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN value IS NULL OR extract(epoch FROM at)::double precision <= state[1] THEN state
ELSE ARRAY[extract(epoch FROM at)::double precision, value] END $$;
CREATE OR REPLACE FUNCTION tombolo.second(state double precision[]) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT state[2]';
CREATE OR REPLACE AGGREGATE tombolo.latest(double precision, timestamp) (sfunc = tombolo.newer, stype = double precision[], finalfunc = tombolo.second);
CREATE OR REPLACE AGGREGATE tombolo.product(double precision) (sfunc = tombolo.times, stype = double precision, initcond = '1');
CREATE OR REPLACE AGGREGATE tombolo.sum(double precision) (sfunc = tombolo.plus, stype = double precision);
DO $$ BEGIN
CREATE OPERATOR tombolo.* (leftarg = double precision, rightarg = double precision, function = tombolo.times);
CREATE OPERATOR tombolo./ (leftarg = double precision, rightarg = double precision, function = tombolo.over);
CREATE OPERATOR tombolo.+ (leftarg = double precision, rightarg = double precision, function = tombolo.plus);
CREATE OPERATOR tombolo.- (leftarg = double precision, rightarg = double precision, function = tombolo.minus);
EXCEPTION WHEN duplicate_function THEN NULL; END $$;
`;
