"""SciPy's ARPACK on the patch graph of MNIST: the peer of `benchmark eigenvectors`.

usage: OMP_NUM_THREADS=2 python3 eigenvectors_scipy.py MNIST_FOLDER [IMAGES=5000] [K=9]

Needs numpy, scipy and faiss. Prints, for each tolerance, the seconds and the largest residual.
"""
import gzip
import os
import struct
import sys
import time

import faiss
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import eigsh


def images(folder, count):
    """The first training images, in [0, 1]."""
    name = os.path.join(folder, "train-images-idx3-ubyte")
    opener = open if os.path.exists(name) else gzip.open
    with opener(name if os.path.exists(name) else name + ".gz", "rb") as file:
        raw = file.read()
    shape = struct.unpack(">III", raw[4:16])
    return np.frombuffer(raw, np.uint8, offset=16).reshape(shape)[:count].astype(np.float32) / 255


def patches(pictures, size=11, stride=5, pad=4):
    """Distinct patches less their means, constant ones left out."""
    padded = np.pad(pictures, ((0, 0), (pad, pad), (pad, pad)))
    view = np.lib.stride_tricks.sliding_window_view(padded, (size, size), (1, 2))
    flat = view[:, ::stride, ::stride].reshape(-1, size * size)
    flat = np.unique(flat[flat.max(1) > flat.min(1)], axis=0)
    return np.ascontiguousarray(flat - flat.mean(1, keepdims=True))


def graph(points, k):
    """(W + W^T) / 2 of the k nearest neighbours, 0/1 weights."""
    n = len(points)
    index = faiss.IndexIVFFlat(faiss.IndexFlatL2(points.shape[1]), points.shape[1], int(4 * n**0.5))
    index.train(points)
    index.add(points)
    index.nprobe = 32
    ids = index.search(points, k + 1)[1].ravel()
    rows = np.repeat(np.arange(n), k + 1)
    kept = (ids >= 0) & (ids != rows)
    w = sp.csr_matrix((np.ones(kept.sum()), (rows[kept], ids[kept])), (n, n))
    return (w + w.T) / 2


def main():
    folder = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    k = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    w = graph(patches(images(folder, count)), k)
    scale = sp.diags(1 / np.sqrt(np.asarray(w.sum(1)).ravel()))
    matrix = (scale @ w @ scale).tocsr()
    print(f"nodes {matrix.shape[0]} non-zeros {matrix.nnz} eigenpairs 64")
    for tolerance in (1e-2, 1e-3, 1e-6):
        start = time.time()
        values, vectors = eigsh(matrix, 64, which="LA", tol=tolerance)
        seconds = time.time() - start
        residual = np.linalg.norm(matrix @ vectors - vectors * values, axis=0).max()
        print(f"scipy eigsh tol {tolerance:g} {seconds:8.1f} s  max residual {residual:.1e}")


if __name__ == "__main__":
    main()
