"""Images a second of PyTorch on the networks of `submit.sh benchmark train`.

usage: training_peers.py MNIST_FOLDER [IMAGES=5000] [THREADS=2] [NETWORK=dense,dcae,wta]
Debian: apt-get install python3-torch python3-numpy
"""
import gzip
import os
import sys
import time

import numpy as np
import torch
from torch import nn

EPOCHS, BATCH = 4, 100
folder = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
chosen = (sys.argv[4] if len(sys.argv) > 4 else "dense,dcae,wta").split(",")


class WinnerTakeAll(nn.Module):
    """Of each map the largest number, in the images where it is among the batch's top 5 %."""

    def forward(self, maps):
        flat = maps.flatten(2)
        peak, where = flat.max(2)
        keep = max(1, round(0.05 * len(maps)))
        winners = torch.zeros_like(peak).scatter_(0, peak.topk(keep, 0).indices, 1.0)
        mask = torch.zeros_like(flat).scatter_(2, where[:, :, None], winners[:, :, None])
        return (flat * mask).reshape(maps.shape)


def dense():
    sizes = [784, 1000, 250, 50, 10, 50, 250, 1000, 784]
    layers = [nn.Flatten()]
    for a, b in zip(sizes, sizes[1:]):
        layers.append(nn.Linear(a, b))
        if b not in (10, 784):
            layers.append(nn.ReLU())
    return nn.Sequential(*layers, nn.Unflatten(1, (1, 28, 28)))


def dcae():
    return nn.Sequential(
        nn.Conv2d(1, 8, 9), nn.ReLU(), nn.Conv2d(8, 4, 9), nn.ReLU(), nn.Flatten(),
        nn.Linear(576, 250), nn.ReLU(), nn.Linear(250, 10),
        nn.Linear(10, 250), nn.ReLU(), nn.Unflatten(1, (250, 1, 1)),
        nn.ConvTranspose2d(250, 4, 12), nn.ReLU(), nn.ConvTranspose2d(4, 4, 17), nn.ReLU(),
        nn.Conv2d(4, 1, 1))


def wta():
    return nn.Sequential(
        nn.Conv2d(1, 64, 5, padding=2), nn.ReLU(), nn.Conv2d(64, 64, 5, padding=2), nn.ReLU(),
        WinnerTakeAll(), nn.ConvTranspose2d(64, 1, 11, padding=5))


def images():
    with gzip.open(os.path.join(folder, "train-images-idx3-ubyte.gz")) as file:
        pixels = np.frombuffer(file.read(16 + count * 784), np.uint8, offset=16)
    return torch.from_numpy(pixels.reshape(count, 1, 28, 28).astype(np.float32) / 255)


torch.manual_seed(0)
torch.set_num_threads(threads)
x = images()
for name in chosen:
    model = {"dense": dense, "dcae": dcae, "wta": wta}[name]()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    for epoch in range(1, EPOCHS + 1):
        start, cpu, total = time.time(), time.process_time(), 0.0
        order = torch.randperm(count)
        for i in range(0, count, BATCH):
            batch = x[order[i : i + BATCH]]
            loss = ((model(batch) - batch) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        seconds, cpu = time.time() - start, time.process_time() - cpu
        print(
            f"torch {name} epoch {epoch} mse {total / count:.5f} {count / seconds:.0f} images/s "
            f"on {threads} threads, {count / cpu:.0f} images/CPU-s", flush=True)
