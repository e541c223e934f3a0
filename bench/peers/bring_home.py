"""What the peers of an import share: from the rows of a layer to a finished file, and the figures that are printed of it."""

import json
import resource
import tempfile
import time

import geopandas


def processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def bring_home(read) -> None:
    """Reads a layer in longitude and latitude, repairs it, orders it along a Hilbert curve and writes it with boxes."""
    started, before = time.perf_counter(), processor()
    layer: geopandas.GeoDataFrame = read()
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
