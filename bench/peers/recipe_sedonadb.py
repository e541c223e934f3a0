"""What SedonaDB says in SQL of the city's index: python recipe_sedonadb.py FOLDER"""
import json
import resource
import sys
import time

begun = time.perf_counter()

import sedonadb

folder = sys.argv[1]
started = since = time.perf_counter()
database = sedonadb.connect()
for name in ("areas", "points", "green", "roads", "centres"):
    database.read_parquet(f"{folder}/{name}.parquet").to_view(name)
stages, check = {}, {}


def ask(name, sql, *columns):
    global since
    rows = database.sql(sql).to_pandas()
    for column in columns:
        check[column] = float(rows[column].sum())
    now = time.perf_counter()
    stages[name] = now - since
    since = now


ask("W2", "SELECT a.code, count(*) AS points, sum(p.value) AS value FROM points p JOIN areas a ON ST_Contains(a.geometry, p.geometry) GROUP BY a.code", "points", "value")
ask("W3", "SELECT a.code, sum(ST_Area(ST_Intersection(a.geometry, g.geometry)) / ST_Area(a.geometry)) AS green FROM green g JOIN areas a ON ST_Intersects(a.geometry, g.geometry) GROUP BY a.code", "green")
ask("W4", "SELECT a.code, sum(ST_Length(ST_Intersection(a.geometry, r.geometry))) AS road_m FROM roads r JOIN areas a ON ST_Intersects(a.geometry, r.geometry) GROUP BY a.code", "road_m")
ask("W5", "SELECT c.code, min(ST_Distance(c.geometry, p.geometry)) AS near_m FROM centres c JOIN points p ON ST_KNN(c.geometry, p.geometry, 1, false) GROUP BY c.code", "near_m")
print(json.dumps({"name": "SedonaDB (W2 to W5)", "seconds": time.perf_counter() - started, "loading": started - begun, "processor": time.process_time(), "stages": stages, "check": check, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
