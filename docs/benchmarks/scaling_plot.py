"""Draw seconds per stage over images from the run.json of `cluster sa-net` runs.

    python3 scaling_plot.py OUT.svg NAME=RUN,RUN,... [NAME=RUN,...]

One panel for each NAME. Needs matplotlib (Debian: python3-matplotlib). Prints the same figures as a table.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

GROUPS = {
    "first layer": ["layer-first"],
    "second layer": ["layer-second"],
    "features": ["features", "training-features"],
    "last step": ["last-step-points", "last-step-neighbours", "last-step-graph", "full-fit"],
}


def moment(text):
    return datetime.fromisoformat(text[:19])


def read(run):
    record = json.loads((Path(run) / "run.json").read_text())
    stages = record["stages"]
    seconds = {
        group: sum(stages[name]["seconds"] for name in names if name in stages)
        for group, names in GROUPS.items()
    }
    total = (moment(record["ended"]) - moment(record["started"])).total_seconds()
    seconds["everything else"] = total - sum(seconds.values())
    return stages["prepare"]["measures"]["images"], seconds, total


def main():
    panels = [argument.split("=", 1) for argument in sys.argv[2:]]
    if not panels or any(len(panel) != 2 for panel in panels):
        raise SystemExit(__doc__)
    figure, axes = plt.subplots(1, len(panels), figsize=(5.2 * len(panels), 4), squeeze=False)
    for axis, (name, runs) in zip(axes[0], panels):
        figures = sorted((read(run) for run in runs.split(",")), key=lambda f: f[0])
        images = [f[0] for f in figures]
        for group in list(GROUPS) + ["everything else"]:
            axis.plot(images, [f[1][group] for f in figures], marker="o", markersize=3, label=group)
        axis.plot(images, [f[2] for f in figures], marker="s", markersize=4, color="black", label="the whole command")
        axis.set_title(name, fontsize=10)
        axis.set_xlabel("images")
        axis.set_ylabel("seconds")
        axis.grid(alpha=0.3)
        for n, seconds, total in figures:
            parts = "  ".join(f"{group} {value:.0f}" for group, value in seconds.items())
            print(f"{name}: {n} images  {parts}  total {total:.0f}")
    axes[0][0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(sys.argv[1], metadata={"Date": None})


if __name__ == "__main__":
    main()
