"""The city's index by geopandas, as one would write it: python recipe_geopandas.py FOLDER"""
import json
import os
import resource
import sys
import time

begun = time.perf_counter()

import geopandas
import numpy
import pandas
import shapely

folder = sys.argv[1]
weights = {"c0": 0.1, "c1": 0.1, "c2": 0.1, "c3": 0.1, "c4": 0.1, "points": 0.1, "green": 0.3, "road_m": 0.1}
started = since = time.perf_counter()
stages = {}


def done(name):
    global since
    now = time.perf_counter()
    stages[name] = now - since
    since = now


areas, points, green, roads, centres = (
    geopandas.read_parquet(f"{folder}/{name}.parquet") for name in ("areas", "points", "green", "roads", "centres")
)
done("read")
inside = points.sjoin(areas[["code", "geometry"]], predicate="within", lsuffix="point", rsuffix="area")
counted = inside.groupby("code_area").agg(points=("value", "size"), value=("value", "sum"))
done("W2")


pairs = {}


def overlap(name, layer, measure):
    left, right = areas.sindex.query(layer.geometry.values, predicate="intersects")
    pairs[name] = len(left)
    parts = shapely.intersection(layer.geometry.values[left], areas.geometry.values[right])
    return numpy.bincount(right, measure(parts), len(areas))


share = overlap("green", green, shapely.area) / areas.area.values
done("W3")
length = overlap("road", roads, shapely.length)
done("W4")
near = centres.sjoin_nearest(points[["geometry"]], distance_col="near_m").groupby("code").near_m.min()
done("W5")
table = areas.set_index("code").join(pandas.read_csv(f"{folder}/attributes.csv").set_index("code")).join(counted)
table = table.fillna({"points": 0, "value": 0}).assign(green=share, road_m=length)
for name in weights:
    values = table[name].to_numpy(dtype=float)
    bounds = numpy.percentile(values, range(1, 101), method="weibull")
    table[f"p_{name}"] = numpy.minimum(100, 1 + numpy.searchsorted(bounds, values, side="left"))
table["index"] = sum(table[f"p_{name}"] * weight for name, weight in weights.items())
os.makedirs(f"{folder}/geopandas", exist_ok=True)
table.drop(columns="geometry").to_csv(f"{folder}/geopandas/index.csv")
table.to_parquet(f"{folder}/geopandas/index.parquet")
near.to_csv(f"{folder}/geopandas/near.csv")
done("W6")
check = {name: float(table[name].sum()) for name in ("points", "value", "green", "road_m", "index")}
print(
    json.dumps(
        {
            "name": "geopandas",
            "seconds": time.perf_counter() - started,
            "loading": started - begun,
            "pairs": pairs,
            "processor": time.process_time(), "stages": stages,
            "check": {**check, "near_m": float(near.sum())},
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
