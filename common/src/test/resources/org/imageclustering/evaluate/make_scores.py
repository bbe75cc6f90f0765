"""Writes scores.json: partitions with their scores by scikit-learn 1.2.1 and SciPy.

    python3 make_scores.py > scores.json
"""
import json
import math

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn import metrics
from sklearn.metrics.cluster import contingency_matrix, pair_confusion_matrix


def scores(labels, clusters):
    table = contingency_matrix(labels, clusters)
    rows, columns = linear_sum_assignment(table, maximize=True)
    (_, apart_together), (together_apart, together) = pair_confusion_matrix(labels, clusters)
    pairs = 2 * together + together_apart + apart_together
    nmi = metrics.normalized_mutual_info_score
    return {
        "acc": table[rows, columns].sum() / table.sum(),
        "nmi": nmi(labels, clusters, average_method="arithmetic"),
        "nmiMax": nmi(labels, clusters, average_method="max"),
        "nmiSqrt": nmi(labels, clusters, average_method="geometric"),
        "ari": metrics.adjusted_rand_score(labels, clusters),
        "fscore": 2 * together / pairs if pairs else math.nan,
        "purity": table.max(axis=0).sum() / table.sum(),
    }


def noisy(random, images, classes, clusters, agreement):
    labels = random.integers(classes, size=images)
    guess = random.integers(clusters, size=images)
    return labels, np.where(random.random(images) < agreement, labels % clusters, guess)


random = np.random.default_rng(7)
cases = {
    "documented example": ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]),
    "equal up to names": ([0, 0, 1, 1, 2, 2], [5, 5, 9, 9, -1, -1]),
    "one cluster": ([0, 0, 1, 1, 2], [3, 3, 3, 3, 3]),
    "one class": ([4, 4, 4, 4, 4], [0, 1, 1, 2, 2]),
    "one cluster and one class": ([1, 1, 1], [0, 0, 0]),
    "every image its own cluster": ([0, 0, 1, 1, 1], [0, 1, 2, 3, 4]),
    "no pair anywhere": ([0, 1, 2], [2, 0, 1]),
    "one image": ([0], [0]),
    "worse than chance": ([0, 0, 1, 1], [0, 1, 0, 1]),
    "greedy matching is not the best": ([0] * 8 + [1] * 6, [0] * 5 + [1] * 3 + [0] * 4 + [1] * 2),
    "ten classes, ten clusters": noisy(random, 300, 10, 10, 0.7),
    "ten classes, thirty clusters": noisy(random, 400, 10, 30, 0.5),
    "thirty classes, seven clusters": noisy(random, 400, 30, 7, 0.6),
    "independent": noisy(random, 500, 8, 8, 0.0),
}
print("[")
for i, (name, (labels, clusters)) in enumerate(cases.items()):
    case = {
        "name": name,
        "labels": np.asarray(labels).tolist(),
        "clusters": np.asarray(clusters).tolist(),
        "scores": {k: None if math.isnan(v) else float(v) for k, v in scores(labels, clusters).items()},
    }
    print("  " + json.dumps(case) + ("," if i < len(cases) - 1 else ""))
print("]")
