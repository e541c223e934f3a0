"""What a data scientist writes today to bring a file home, with geopandas and pyogrio: import_geopandas.py FILE [TAGS]

Read, into longitude and latitude, repaired where invalid, along a Hilbert curve, as GeoParquet with boxes. TAGS, JSON of
accepted values by key, picks entities of an extract of OpenStreetMap; * is any value. Prints what it took, without the
loading of libraries.
"""

import json
import sys

import geopandas
import pandas
import pyogrio
from bring_home import bring_home

path, tags = sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}


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


bring_home(lambda: read().to_crs(4326))
