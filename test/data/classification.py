"""Makes classification.json: class limits by mapclassify, an implementation that is not ours.

    pip install mapclassify==2.10.0 && python test/data/classification.py > test/data/classification.json
"""

import json
import math

import mapclassify
import numpy as np


def values(name):
    """The same numbers as classify.test.ts makes: a linear congruential generator, so that no file of them is needed."""
    state = 20180316
    numbers = []
    for _ in range(400):
        state = (1664525 * state + 1013904223) % 2**32
        part = (state + 0.5) / 2**32
        numbers.append({"even": 100 * part, "skewed": round(math.exp(6 * part), 3), "small": float(math.floor(20 * part * part))}[name])
    return np.array(numbers)


cases = []
for data in ["even", "skewed", "small"]:
    numbers = values(data)
    for classes in [2, 3, 5, 7, 9]:
        for method, cut in [
            ("quantile", mapclassify.Quantiles),
            ("equal", mapclassify.EqualInterval),
            ("natural", mapclassify.FisherJenks),
        ]:
            found = cut(numbers, k=classes)
            cases.append({"data": data, "method": method, "classes": classes, "tops": [float(top) for top in found.bins], "counts": [int(c) for c in found.counts]})
    for classes, multiples in [(4, [-1, 0, 1]), (5, [-1.5, -0.5, 0.5, 1.5])]:
        found = mapclassify.StdMean(numbers, multiples=multiples)
        cases.append({"data": data, "method": "deviation", "classes": classes, "tops": [float(top) for top in found.bins], "counts": [int(c) for c in found.counts]})
print(json.dumps({"made by": f"mapclassify {mapclassify.__version__}", "cases": cases}, indent=1))
