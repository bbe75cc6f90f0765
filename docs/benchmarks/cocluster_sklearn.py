"""scikit-learn's SpectralCoclustering on the pixels of MNIST: the peer of `benchmark cocluster`.

usage: OMP_NUM_THREADS=2 python3 cocluster_sklearn.py IMAGES_IDX CLUSTERS PARTITION

Needs numpy, scipy and scikit-learn. IMAGES_IDX is the file that `benchmark cocluster --input` read, PARTITION
what it wrote with `--partition`. Prints the seconds of three rounds and the adjusted Rand index with PARTITION,
for k-means with 10 starts as ours, on the sparse matrix and on the dense one.
"""
import gzip
import struct
import sys
import time

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import SpectralCoclustering
from sklearn.metrics import adjusted_rand_score


def images(name):
    """All images, a row each, in [0, 1]."""
    opener = gzip.open if name.endswith(".gz") else open
    with opener(name, "rb") as file:
        raw = file.read()
    count, height, width = struct.unpack(">III", raw[4:16])
    return np.frombuffer(raw, np.uint8, offset=16).reshape(count, height * width) / 255.0


def main():
    name, clusters, partition = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    ours = np.loadtxt(partition, dtype=int)
    pixels = images(name)
    # A column of zeros makes scikit-learn divide by zero: it is left out.
    pixels = pixels[:, pixels.sum(0) > 0]
    for kind, matrix in (("sparse", sp.csr_matrix(pixels)), ("dense", pixels)):
        for seed in range(3):
            start = time.time()
            model = SpectralCoclustering(clusters, n_init=10, random_state=seed).fit(matrix)
            seconds = time.time() - start
            ari = adjusted_rand_score(ours, model.row_labels_)
            print(f"{kind} seed {seed} {seconds:8.1f} s  ARI with ours {ari:.4f}", flush=True)


if __name__ == "__main__":
    main()
