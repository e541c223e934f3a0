"""What GEOS says of pairs of shapes: JSON of [{left, right}] in WKT on standard input, measures on standard output."""
import json
import sys

import shapely

answers = []
for pair in json.load(sys.stdin):
    left, right = (shapely.from_wkt(pair[side]) for side in ("left", "right"))
    one, other = (shape if shape.is_valid else shapely.make_valid(shape) for shape in (left, right))
    shared = shapely.intersection(one, other)
    answers.append({"area": shared.area, "length": shared.length, "distance": shapely.distance(one, other)})
json.dump(answers, sys.stdout)
