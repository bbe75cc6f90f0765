"""Writes coclusters.json beside this script: a small matrix with noisy blocks, and what scikit-learn's
SpectralCoclustering and SciPy's SVD say of it. Run with scikit-learn and numpy; no other input."""

import json
import pathlib

import numpy as np
from sklearn.cluster import SpectralCoclustering

ROWS, COLUMNS, CLUSTERS = 60, 36, 4

random = np.random.RandomState(7)
matrix = random.poisson(0.3, (ROWS, COLUMNS))
for cluster in range(CLUSTERS):
    rows = np.arange(ROWS) % CLUSTERS == cluster
    columns = np.arange(COLUMNS) % CLUSTERS == cluster
    matrix[np.ix_(rows, columns)] += random.poisson(1.5, (rows.sum(), columns.sum()))
matrix = matrix[:, matrix.sum(0) > 0]
assert (matrix.sum(1) > 0).all()

# The default, randomized: with arpack the smallest singular vector is left out, not the largest.
model = SpectralCoclustering(CLUSTERS, n_init=20, random_state=0).fit(matrix)
normalised = matrix / np.sqrt(np.outer(matrix.sum(1), matrix.sum(0)))
singular = np.linalg.svd(normalised, compute_uv=False)[:CLUSTERS]

with open(pathlib.Path(__file__).with_name("coclusters.json"), "w") as out:
    json.dump(
        {
            "matrix": matrix.tolist(),
            "rowLabels": model.row_labels_.tolist(),
            "columnLabels": model.column_labels_.tolist(),
            "singularValues": singular.tolist(),
        },
        out,
    )
