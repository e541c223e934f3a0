"""An extract of OpenStreetMap by pyosmium, the quickest way from Python, then as import_geopandas.py: import_osmium.py FILE TAGS"""

import json
import sys

import geopandas
import osmium
import shapely
from bring_home import bring_home

path, tags = sys.argv[1], json.loads(sys.argv[2])


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


bring_home(read)
