"""usage: adaptive_peers.py IMAGES.idx3[.gz] [COUNT=10000] [THREADS=2] [EPOCHS=3]

AE + DAC's network for Fashion-MNIST in PyTorch: epochs of reconstruction, then epochs with pairs, in which
a batch passes once without gradients to label its pairs and once, shifted, with them. Prints images a second.
"""
import gzip, struct, sys, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

path = sys.argv[1]
count, threads, epochs = (int(v) for v in (sys.argv[2:5] + [10000, 2, 3][len(sys.argv[2:5]):]))
torch.manual_seed(0)
torch.set_num_threads(threads)
with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
    _, total, height, width = struct.unpack(">IIII", file.read(16))
    pixels = np.frombuffer(file.read(count * height * width), np.uint8)
x = torch.from_numpy(pixels.reshape(-1, 1, height, width).astype(np.float32) / 255)
maps, sizes = [1, 8, 16, 32, 64], [height]
for _ in range(4):
    sizes.append((sizes[-1] + 1) // 2)


def around(size):
    """Zeros before and after, as SAME padding has them for kernel 3 and stride 2."""
    all_of_them = max(0, ((size + 1) // 2 - 1) * 2 + 3 - size)
    return all_of_them // 2, all_of_them - all_of_them // 2


class Down(nn.Module):
    def __init__(self, i):
        super().__init__()
        a, b = around(sizes[i])
        self.pad, self.conv, self.norm = (a, b, a, b), nn.Conv2d(maps[i], maps[i + 1], 3, 2), nn.BatchNorm2d(maps[i + 1])

    def forward(self, h):
        return F.relu(self.norm(self.conv(F.pad(h, self.pad))))


class Up(nn.Module):
    def __init__(self, i):
        super().__init__()
        self.before, self.size = around(sizes[i])[0], sizes[i]
        self.conv = nn.ConvTranspose2d(maps[i + 1], maps[i], 3, 2)
        self.norm = nn.BatchNorm2d(maps[i]) if i else None

    def forward(self, h):
        h = self.conv(h)
        missing = max(0, self.before + self.size - h.shape[2])
        h = F.pad(h, (0, missing, 0, missing))[:, :, self.before:self.before + self.size, self.before:self.before + self.size]
        return F.relu(self.norm(h)) if self.norm else h


encoder = nn.Sequential(*[Down(i) for i in range(4)])
decoder = nn.Sequential(*[Up(i) for i in (3, 2, 1, 0)])
head = nn.Sequential(nn.Flatten(), nn.Linear(64 * sizes[4] ** 2, 64), nn.BatchNorm1d(64), nn.ReLU(),
                     nn.Linear(64, 10), nn.BatchNorm1d(10), nn.ReLU(), nn.Softmax(1))
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), *head.parameters()], 1e-3)


def shifted(batch, reach=2):
    padded = F.pad(batch, (reach,) * 4, mode="replicate")
    start, at = torch.randint(0, 2 * reach + 1, (len(batch), 2)), torch.arange(height)
    rows, columns = (start[:, :1] + at)[:, :, None], (start[:, 1:] + at)[:, None, :]
    return padded[torch.arange(len(batch))[:, None, None], :, rows, columns].permute(0, 3, 1, 2)


def pairs(plain, changed):
    with torch.no_grad():
        unit = F.normalize(head(encoder(plain)), dim=1)
        similar = unit @ unit.T
    code = encoder(changed)
    unit = F.normalize(head(code), dim=1)
    s = (unit @ unit.T).clamp(1e-6, 1 - 1e-6)
    same, other = (similar >= 0.95).float(), (similar <= 0.5).float()
    loss = -(same * s.log() + other * (1 - s).log()).sum() / (same.sum() + other.sum())
    return 0.3 * loss + 0.5 * ((decoder(code) - changed) ** 2).mean() / 2


for phase in ("reconstruction", "pairs"):
    for epoch in range(epochs):
        start, cpu, order = time.time(), time.process_time(), torch.randperm(count)
        for i in range(0, count - 127, 128):
            batch = x[order[i:i + 128]]
            changed = shifted(batch)
            if phase == "pairs":
                loss = pairs(batch, changed)
            else:
                loss = ((decoder(encoder(changed)) - changed) ** 2).mean() / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(f"torch {phase} epoch {epoch + 1} {count / (time.time() - start):.0f} images/s on {threads} threads, "
              f"{count / (time.process_time() - cpu):.0f} images/CPU-s", flush=True)
