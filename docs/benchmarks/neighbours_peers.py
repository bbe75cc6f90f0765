"""Seconds and recall@17 of hnswlib and FAISS IVF on the patches of `submit.sh benchmark neighbours`.

usage: neighbours_peers.py MNIST_FOLDER [IMAGES=5000] [THREADS=2]
Debian: apt-get install python3-faiss python3-hnswlib python3-numpy
"""
import gzip
import os
import sys
import time

import faiss
import hnswlib
import numpy as np

K, TARGET = 17, 0.98
folder = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2


def images(split):
    with gzip.open(os.path.join(folder, f"{split}-images-idx3-ubyte.gz")) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)


def patches():
    chosen = np.concatenate([images("train"), images("t10k")])[:count].astype(np.float32) / 255
    padded = np.pad(chosen, ((0, 0), (4, 4), (4, 4)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (11, 11), (1, 2))[:, ::5, ::5]
    rows = windows.reshape(-1, 121)
    rows = np.unique(rows[rows.max(1) > rows.min(1)], axis=0)
    return np.ascontiguousarray(rows - rows.mean(1, keepdims=True))


def report(name, setting, seconds, ids):
    found = np.linalg.norm(x[ids[sample]] - x[sample][:, None], axis=2)
    right = (ids[sample] != sample[:, None]) & (found <= kth[:, None] * 1.0001 + 1e-6)
    recall = np.minimum(right.sum(1), K).mean() / K
    print(f"{name} {setting:4d} {seconds:8.1f} s  recall {recall:.4f}", flush=True)
    return recall >= TARGET


faiss.omp_set_num_threads(threads)
x = patches()
n, d = x.shape
sample = np.random.RandomState(0).choice(n, min(1000, n), replace=False)
exact = faiss.IndexFlatL2(d)
exact.add(x)
kth = np.sqrt(np.maximum(exact.search(x[sample], K + 1)[0][:, K], 0))
print(f"patches {n} dimensions {d} k {K} threads {threads}")

start = time.time()
cells = max(1, n // 200)
ivf = faiss.IndexIVFFlat(faiss.IndexFlatL2(d), d, cells)
ivf.cp.niter = 6
ivf.train(x[np.random.RandomState(0).permutation(n)[: 40 * cells]])
ivf.add(x)
build = time.time() - start
for ivf.nprobe in (8, 12, 16, 24, 32):
    start = time.time()
    ids = ivf.search(x, K + 1)[1]
    if report("faiss-ivf nprobe", ivf.nprobe, build + time.time() - start, ids):
        break

start = time.time()
hnsw = hnswlib.Index("l2", d)
hnsw.init_index(n, ef_construction=200, M=24)
hnsw.set_num_threads(threads)
hnsw.add_items(x)
build = time.time() - start
for ef in (60, 120, 240, 480):
    start = time.time()
    hnsw.set_ef(ef)
    ids = hnsw.knn_query(x, K + 1)[0].astype(int)
    if report("hnswlib   ef", ef, build + time.time() - start, ids):
        break
