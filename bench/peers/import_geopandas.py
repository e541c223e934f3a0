"""What a data scientist writes today to bring a file home, with geopandas and pyogrio: import_geopandas.py FILE [TAGS]

Read, into longitude and latitude, repaired where invalid, along a Hilbert curve, as GeoParquet with boxes. TAGS, JSON of
accepted values by key, picks entities of an extract of OpenStreetMap; * is any value. Prints what it took, without the
loading of libraries.
"""

import json
import resource
import sys
import tempfile
import time

import geopandas
import pandas
import pyogrio

path, tags = sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}


def processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def accepted(layer: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Rarer tags are in one column of text: the driver knows the usual keys as columns of their own."""
    wanted = pandas.Series(False, index=layer.index)
    for key, values in tags.items():
        if key in layer:
            wanted |= layer[key].notna() if values == ["*"] else layer[key].isin(values)
    return layer[wanted]


def read() -> geopandas.GeoDataFrame:
    if path.endswith(".csv"):
        table = pandas.read_csv(path)
        places = geopandas.points_from_xy(table.easting, table.northing)
        return geopandas.GeoDataFrame(table, geometry=places, crs=27700)
    if path.endswith(".osm.pbf"):
        layers = [accepted(pyogrio.read_dataframe(path, layer=layer)) for layer in ["points", "lines", "multipolygons"]]
        return geopandas.GeoDataFrame(pandas.concat(layers, ignore_index=True), crs=4326)
    return geopandas.read_file(path, engine="pyogrio")


started, before = time.perf_counter(), processor()
layer = read().to_crs(4326)
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
