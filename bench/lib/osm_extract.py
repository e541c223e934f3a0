"""Writes an extract of OpenStreetMap of a made-up country, always the same: osm_extract.py FILE

Sorted as extracts are: nodes, ways, relations. Tags are as often as they are in England: most nodes have none, most ways are buildings
and roads, and an area of several ways is a relation of type multipolygon, often with holes.
"""

import math
import random
import sys

import osmium
from osmium.osm.mutable import Node, Relation, Way

WAYS = 200_000
RELATIONS = 4_000
LONELY_NODES = 60_000
ROADS = ["residential", "service", "footway", "unclassified", "tertiary", "secondary", "primary", "cycleway", "track"]
GREEN = [("leisure", "park"), ("landuse", "grass"), ("landuse", "meadow"), ("natural", "wood"), ("landuse", "forest")]
AREAS = [*GREEN, ("landuse", "residential"), ("landuse", "farmland"), ("natural", "water"), ("amenity", "parking")]
PLACES = [("amenity", "bench"), ("highway", "crossing"), ("natural", "tree"), ("amenity", "cafe"), ("shop", "convenience"),
          ("amenity", "post_box"), ("highway", "bus_stop"), ("barrier", "gate"), ("power", "tower")]

chance = random.Random(20_180_316)
nodes: list[tuple[float, float, dict[str, str]]] = []
ways: list[tuple[list[int], dict[str, str]]] = []
relations: list[tuple[list[tuple[str, int, str]], dict[str, str]]] = []


def node(longitude: float, latitude: float, tags: dict[str, str] | None = None) -> int:
    nodes.append((longitude, latitude, tags or {}))
    return len(nodes)


def way(refs: list[int], tags: dict[str, str]) -> int:
    ways.append((refs, tags))
    return len(ways)


def town() -> tuple[float, float]:
    """Places are crowded in a hundred towns."""
    place = random.Random(int(chance.paretovariate(1.1)) % 100)
    east, north = place.uniform(-3, 1), place.uniform(51, 54)
    return east + chance.gauss(0, 0.05), north + chance.gauss(0, 0.03)


def ring(corners: int, size: float, middle: tuple[float, float]) -> list[int]:
    """Nodes around a place, without the first again."""
    turn = chance.random()
    points = []
    for corner in range(corners):
        angle = 2 * math.pi * (corner + turn) / corners
        radius = size * chance.uniform(0.8, 1.2)
        points.append(node(middle[0] + 1.6 * radius * math.cos(angle), middle[1] + radius * math.sin(angle)))
    return points


def named(tags: dict[str, str], share: float) -> dict[str, str]:
    return {**tags, "name": f"Made-up {len(ways)}"} if chance.random() < share else tags


def building() -> None:
    corners = ring(chance.choice([4, 4, 4, 6, 8]), 0.0001, town())
    kind = chance.choice(["yes", "yes", "house", "residential", "garage"])
    address = {"addr:housenumber": str(chance.randrange(200)), "addr:street": f"Street {chance.randrange(5000)}"}
    way([*corners, corners[0]], {"building": kind, **(address if chance.random() < 0.3 else {})})


def road() -> None:
    longitude, latitude = town()
    turn = chance.uniform(0, 2 * math.pi)
    refs = []
    for _ in range(chance.randrange(2, 24)):
        refs.append(node(longitude, latitude))
        turn += chance.gauss(0, 0.3)
        longitude += 0.0006 * math.cos(turn)
        latitude += 0.0004 * math.sin(turn)
    way(refs, named({"highway": chance.choice(ROADS), "surface": "asphalt"}, 0.6))


def area() -> None:
    corners = ring(chance.randrange(6, 40), 0.002, town())
    way([*corners, corners[0]], named(dict([chance.choice(AREAS)]), 0.2))


def multipolygon() -> None:
    """An outer ring of several ways, and holes."""
    middle = town()
    outer = ring(chance.randrange(20, 60), 0.01, middle)
    pieces = chance.randrange(1, 5)
    cuts = [round(len(outer) * piece / pieces) for piece in range(pieces + 1)]
    members = [("w", way([*outer[first:last], outer[last % len(outer)]], {}), "outer") for first, last in zip(cuts, cuts[1:])]
    for hole in range(chance.randrange(3)):
        inner = ring(8, 0.0008, (middle[0] + 0.004 * (hole - 0.5), middle[1]))
        members.append(("w", way([*inner, inner[0]], {}), "inner"))
    relations.append((members, named({"type": "multipolygon", **dict([chance.choice(AREAS)])}, 0.5)))


for _ in range(LONELY_NODES):
    node(*town(), named(dict([chance.choice(PLACES)]), 0.1))
for _ in range(RELATIONS):
    multipolygon()
while len(ways) < WAYS:
    chance.choices([building, road, area], [55, 30, 15])[0]()

attributes = {"version": 1, "timestamp": "2024-01-01T00:00:00Z", "visible": True}
with osmium.SimpleWriter(sys.argv[1], overwrite=True) as writer:
    for number, (longitude, latitude, tags) in enumerate(nodes, 1):
        writer.add_node(Node(id=number, location=(longitude, latitude), tags=tags, **attributes))
    for number, (refs, tags) in enumerate(ways, 1):
        writer.add_way(Way(id=number, nodes=refs, tags=tags, **attributes))
    for number, (members, tags) in enumerate(relations, 1):
        writer.add_relation(Relation(id=number, members=members, tags=tags, **attributes))
print(len(nodes), len(ways), len(relations))
