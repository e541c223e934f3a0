"""What pyosmium makes of a file of OpenStreetMap, as JSON: the entities with shapes, to compare ours with.

    osm_reference.py shapes FILE          points, lines and areas (by libosmium's own assembler)
    osm_reference.py convert FROM TO      the same file in another format
    osm_reference.py roads COUNT TO       roads of ten nodes each, with numbers from 1
    osm_reference.py nodes COUNT TO       nodes without tags, with numbers from 100,000,000
    osm_reference.py tangled TO           areas whose rings touch, share sides, are open or cross
    osm_reference.py random SEED TO       a random town: parks with ponds and islands, split rings, lanes, pubs
"""

import json
import math
import random
import sys

import osmium


def shapes(path):
    factory = osmium.geom.WKTFactory()
    found = {"points": {}, "lines": {}, "areas": {}}
    for item in osmium.FileProcessor(path).with_locations().with_areas():
        if len(item.tags) == 0:
            continue
        if item.is_node():
            found["points"][f"node/{item.id}"] = [item.location.lon, item.location.lat]
        elif item.is_way():
            if all(node.location.valid() for node in item.nodes):
                found["lines"][f"way/{item.id}"] = [[n.location.lon, n.location.lat] for n in item.nodes]
        elif item.is_area():
            kind = "way" if item.from_way() else "relation"
            try:
                found["areas"][f"{kind}/{item.orig_id()}"] = factory.create_multipolygon(item)
            except RuntimeError:  # It has no rings: the assembler has found none.
                continue
    json.dump(found, sys.stdout)


def convert(source, target):
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        for item in osmium.FileProcessor(source):
            writer.add(item)


def roads(count, target):
    count = int(count)
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        for node in range(10 * count):
            writer.add_node(osmium.osm.mutable.Node(id=node + 1, location=(node % 997 / 1000, node // 997 / 10000)))
        for way in range(count):
            nodes = list(range(10 * way + 1, 10 * way + 11))
            writer.add_way(osmium.osm.mutable.Way(id=way + 1, nodes=nodes, tags={"highway": "residential"}))


def nodes(count, target):
    chance = random.Random(1)
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        for node in range(int(count)):
            writer.add_node(osmium.osm.mutable.Node(id=100_000_000 + node, location=(chance.random(), chance.random())))


class Town:
    """Writes nodes, ways and relations with ids of its own."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.nodes, self.ways, self.relations = [], [], []

    def node(self, x, y, **tags):
        self.nodes.append(osmium.osm.mutable.Node(id=len(self.nodes) + 1, location=(x, y), tags=tags))
        return len(self.nodes)

    def way(self, nodes, **tags):
        self.ways.append(osmium.osm.mutable.Way(id=len(self.ways) + 1, nodes=nodes, tags=tags))
        return len(self.ways)

    def ring(self, x, y, radius):
        """A closed ring of nodes around a place, star-shaped, so that it never crosses itself."""
        count = self.random.randint(8, 30)
        turns = [2 * math.pi * k / count for k in range(count)]
        around = [self.node(x + radius * r * math.cos(t), y + radius * r * math.sin(t))
                  for t in turns for r in [self.random.uniform(0.8, 1)]]
        return [*around, around[0]]

    def split(self, ring):
        """The ring as one way or as several, some of them turned round, in any order."""
        cuts = sorted(self.random.sample(range(1, len(ring) - 1), self.random.randint(0, min(3, len(ring) - 2))))
        parts = [ring[a : b + 1] for a, b in zip([0, *cuts], [*cuts, len(ring) - 1])]
        ways = [self.way(part[::-1] if self.random.random() < 0.5 else part) for part in parts]
        self.random.shuffle(ways)
        return ways

    def park(self, x, y):
        members = []
        for k in range(self.random.randint(1, 3)):
            place = (x + 0.004 * k, y)
            for role, radius in [("outer", 0.0018), ("inner", 0.0012), ("outer", 0.0006)][: self.random.randint(1, 3)]:
                members += [("w", way, role) for way in self.split(self.ring(*place, radius))]
        number = len(self.relations) + 1
        self.relations.append(osmium.osm.mutable.Relation(
            id=number, members=members, tags={"type": "multipolygon", "leisure": "park", "name": f"Park {number}"}))

    def forest(self, *rings):
        members = [("w", self.way(ring), "outer" if place == 0 else "inner") for place, ring in enumerate(rings)]
        self.relations.append(osmium.osm.mutable.Relation(
            id=len(self.relations) + 1, members=members, tags={"type": "multipolygon", "landuse": "forest"}))

    def write(self, path):
        with osmium.SimpleWriter(path, overwrite=True) as writer:
            for node in self.nodes:
                writer.add_node(node)
            for way in self.ways:
                writer.add_way(way)
            for relation in self.relations:
                writer.add_relation(relation)


def random_town(seed, path):
    town = Town(int(seed))
    for row in range(20):
        for column in range(20):
            x, y = -0.7 + column * 0.02, 52.6 + row * 0.005
            choice = town.random.random()
            if choice < 0.4:
                town.park(x, y)
            elif choice < 0.6:
                town.way(town.ring(x, y, 0.001), landuse=town.random.choice(["forest", "grass", "meadow"]))
            elif choice < 0.8:
                town.way([town.node(x + k * 1e-4, y + town.random.uniform(0, 1e-3)) for k in range(12)], highway="cycleway")
            else:
                town.node(x, y, amenity=town.random.choice(["pub", "cafe"]), name=f"Café {row}·{column}")
    town.write(path)


def tangled(path):
    """Rings on a grid of nodes, given by the numbers of their corners: 0 to 6 are the lowest row."""
    cases = [
        [[0, 5, 40, 35, 0], [15, 16, 9, 8, 15], [16, 23, 24, 17, 16]],  # holes that touch in a corner
        [[0, 5, 40, 35, 0], [9, 23, 22, 8, 9], [9, 23, 24, 10, 9]],  # holes with a side in common
        [[0, 5, 40, 35, 21, 7, 0], [7, 21, 23, 9, 7]],  # a hole with a side of the outer ring
        [[0, 5, 40, 35, 0], [0, 10, 24, 0]],  # a hole that touches the outer ring
        [[2, 16, 14, 0, 2], [2, 16, 18, 4, 2]],  # two rings with a side in common
        [[16, 14, 0, 2, 16, 18, 32, 30, 16]],  # a ring that touches itself
        [[0, 6, 41, 35, 0], [8, 12, 33, 29, 8], [16, 18, 25, 23, 16]],  # an island in a hole
        [[0, 3, 24, 21, 0], [0, 3, 24, 21, 0]],  # a ring twice, which bounds nothing
        [[0, 3, 24, 21, 0], [5, 6, 13]],  # an open ring beside another
        [[0, 3, 24, 21]],  # an open ring
        [[0, 3, 24, 21, 0], [9, 12, 33, 30, 9]],  # rings that cross
        [[0, 24, 3, 21, 0]],  # a ring that crosses itself
    ]
    town = Town(1)
    for row, rings in enumerate(cases):
        grid = [town.node(x * 0.001, 50 + row * 0.01 + y * 0.001) for y in range(6) for x in range(7)]
        town.forest(*[[grid[corner] for corner in ring] for ring in rings])
    town.write(path)


if __name__ == "__main__":
    {"shapes": shapes, "convert": convert, "roads": roads, "nodes": nodes, "random": random_town, "tangled": tangled}[sys.argv[1]](*sys.argv[2:])
