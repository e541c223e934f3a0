"""An extract of OpenStreetMap by pyosmium, the quickest way from Python, then as import_geopandas.py: import_osmium.py FILE TAGS"""

import json
import resource
import sys
import tempfile
import time

import geopandas
import osmium
import shapely

path, tags = sys.argv[1], json.loads(sys.argv[2])


def processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def is_wanted(found) -> bool:
    return any(key in found and (values == ["*"] or found[key] in values) for key, values in tags.items())


def read() -> geopandas.GeoDataFrame:
    factory = osmium.geom.WKBFactory()
    keys = osmium.filter.KeyFilter(*tags)
    names, shapes = [], []
    for entity in osmium.FileProcessor(path).with_locations().with_areas(keys).with_filter(keys):
        if not is_wanted(entity.tags):
            continue
        if entity.is_node():
            shape = factory.create_point(entity)
        elif entity.is_area():
            shape = factory.create_multipolygon(entity)
        elif entity.is_way() and not (entity.is_closed() and "highway" not in entity.tags):
            shape = factory.create_linestring(entity)
        else:
            continue
        names.append(json.dumps(dict(entity.tags)))
        shapes.append(bytes.fromhex(shape))
    return geopandas.GeoDataFrame({"tags": names}, geometry=shapely.from_wkb(shapes), crs=4326)


started, before = time.perf_counter(), processor()
layer = read()
invalid = ~layer.is_valid
layer.loc[invalid, "geometry"] = layer[invalid].make_valid()
layer = layer.iloc[layer.hilbert_distance().argsort().values]
with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
    layer.to_parquet(file.name, write_covering_bbox=True)
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "processor": processor() - before,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "rows": len(layer),
}))
