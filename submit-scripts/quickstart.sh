#!/usr/bin/env bash
# Builds, and clusters the real handwritten digits that come with the project: ends with the scores
# and the path of a report to open in a browser.
set -euo pipefail
script=$(readlink -f "${BASH_SOURCE[0]}" 2>/dev/null || echo "${BASH_SOURCE[0]}") # an old readlink has no -f
here=$(cd "$(dirname "$script")" && pwd)
root=$(dirname "$here")
run=${1:-"$root/runs/quickstart"}
method=${METHOD:-sa-net}

if [[ ! -f $root/spark-jobs/target/image-clustering.jar ]]; then
  echo "First build: Maven downloads about 500 MB of Spark and other libraries where ~/.m2 does not hold them yet." >&2
fi
"$here/submit.sh" cluster "$method" --input sample:mnist --clusters 10 --output "$run" --overwrite
