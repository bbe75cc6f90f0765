#!/usr/bin/env bash
# Runs one command of the application: `submit.sh COMMAND --help` says what each does.
#
# Builds the jar when it is missing or older than its sources. Runs on the Spark of SPARK_HOME where
# that is set, otherwise on the embedded one: Spark's own jars from the local Maven repository.
#
# Options of this script, before or after the command:
#   --env NAME             settings of submit-scripts/env/NAME.sh: local (default), standalone, yarn, kubernetes
#   --master URL           Spark master, over the one of --env
#   --driver-memory SIZE   heap of the driver, as 4g; default: half of this machine's memory, at most 31g
#   --spark-conf KEY=VALUE any Spark setting; may come several times
set -euo pipefail

fail() { # exit code, message
  echo "$2" >&2
  exit "$1"
}

script=$(readlink -f "${BASH_SOURCE[0]}" 2>/dev/null || echo "${BASH_SOURCE[0]}") # an old readlink has no -f
here=$(cd "$(dirname "$script")" && pwd)
root=$(dirname "$here")
target="$root/spark-jobs/target"
jar="$target/image-clustering.jar"
main_class=org.imageclustering.spark.cli.Main

# ---- the line: ours are taken out, all else is the command's ----
env_name=local
user_master=
driver_memory=${IMAGE_CLUSTERING_DRIVER_MEMORY:-}
spark_conf=()
command=()
while (($#)); do
  case $1 in
    --env | --master | --driver-memory | --spark-conf)
      (($# > 1)) || fail 2 "Cannot read the line: found $1 without a value, expected one"
      case $1 in
        --env) env_name=$2 ;;
        --master) user_master=$2 ;;
        --driver-memory) driver_memory=$2 ;;
        --spark-conf)
          [[ $2 == *=* ]] || fail 2 "Cannot read --spark-conf '$2': found no '=', expected KEY=VALUE"
          spark_conf+=("$2")
          ;;
      esac
      shift 2
      ;;
    --)
      shift
      command+=("$@")
      break
      ;;
    *)
      command+=("$1")
      shift
      ;;
  esac
done
[[ -z $driver_memory || $driver_memory =~ ^[0-9]+[kmgtKMGT]$ ]] \
  || fail 3 "Cannot use --driver-memory '$driver_memory': expected a number with a unit, as 4g"

# ---- Java 17 ----
java=java
[[ -n ${JAVA_HOME:-} ]] && java="$JAVA_HOME/bin/java"
command -v "$java" >/dev/null \
  || fail 3 "Cannot start: found no Java ($java), expected a JDK 17: install one or set JAVA_HOME"
java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[[ $java_version == 17 ]] \
  || fail 3 "Cannot start: found Java ${java_version:-of an unknown version} ($java), expected Java 17, which Spark 3.5 needs: set JAVA_HOME"

# ---- the jar ----
is_stale() {
  [[ ! -f $jar || ! -f $target/spark.classpath ]] && return 0
  [[ -n $(find "$root"/{common,spark-jobs}/src/main "$root"/{common,spark-jobs}/pom.xml "$root/pom.xml" "$root/conf" \
    -type f -newer "$jar" -print -quit) ]]
}
if [[ -f $root/pom.xml ]] && is_stale; then
  command -v mvn >/dev/null || fail 3 "Cannot build: found no mvn, expected Maven 3.8 or newer"
  mkdir -p "$target"
  exec 9>"$target/.build.lock"
  if command -v flock >/dev/null; then flock 9; fi
  if is_stale; then
    echo "Building $jar (mvn package, without the tests) ..." >&2
    (cd "$root" && mvn -B -ntp -q -Dmaven.test.skip -Dspotless.check.skip package 9>&-) >&2 \
      || fail 1 "Cannot build: Maven failed, see above"
  fi
  exec 9>&-
fi

# ---- where it runs ----
master='local[*]'
deploy_mode=client
env_conf=()
env_file="$here/env/$env_name.sh"
[[ -f $env_file ]] \
  || fail 3 "Cannot use --env '$env_name': expected one of $(cd "$here/env" && ls ./*.sh | sed 's|^\./||; s|\.sh$||' | paste -sd ' ' -)"
# shellcheck source=/dev/null
source "$env_file"
[[ -n $user_master ]] && master=$user_master
is_local=false
[[ $master == local* ]] && is_local=true

if $is_local; then
  # A name that resolves spares Spark's warning and its search for an address.
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
  export SPARK_LOCAL_HOSTNAME=${SPARK_LOCAL_HOSTNAME:-localhost}
fi

# ---- the matrix kernel: one thread a task; OpenBLAS 0.3.19 takes its oldest kernel on CPUs it does
# not know, so the kernel for AVX2 is named where the CPU has that and the user has not chosen.
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
if [[ -z ${OPENBLAS_CORETYPE:-} ]] && grep -qsw avx2 /proc/cpuinfo; then
  export OPENBLAS_CORETYPE=Haswell
fi

# ---- networks: DL4J's native library comes for CPUs with AVX2; its arrays lie outside the heap, so
# each JVM is told how much it may take there (org.bytedeco.javacpp: maxbytes for the arrays,
# maxphysicalbytes for the process as a whole).
native_flags=()
if [[ $(uname -s)-$(uname -m) == Linux-x86_64 ]] && grep -qsw avx2 /proc/cpuinfo; then
  native_flags+=("-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2")
fi

mebibytes() { # 8g, 512m, 2048 (MiB) -> number of MiB
  local number=${1%[kmgtKMGT]}
  case $1 in
    *[kK]) echo $((number / 1024)) ;;
    *[gG]) echo $((number * 1024)) ;;
    *[tT]) echo $((number * 1048576)) ;;
    *) echo "$number" ;;
  esac
}

off_heap_flags() { # MiB of heap, MiB beside it
  echo "-Dorg.bytedeco.javacpp.maxbytes=$2m -Dorg.bytedeco.javacpp.maxphysicalbytes=$(($1 + $2 + 512))m"
}

# ---- progress: a bar where a person looks on; a log line then wipes the bar first ----
if [[ -t 2 ]]; then
  export IMAGE_CLUSTERING_LINE_START=$'\r\e[K'
else
  unset IMAGE_CLUSTERING_LINE_START
fi

half_of_memory() {
  local kib limit
  kib=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo 2>/dev/null || true)
  if [[ -z $kib ]]; then kib=$(($(sysctl -n hw.memsize 2>/dev/null || echo 4294967296) / 1024)); fi
  for limit in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [[ -r $limit && $(<"$limit") =~ ^[0-9]{1,15}$ ]]; then
      limit=$(($(<"$limit") / 1024))
      ((limit < kib)) && kib=$limit
    fi
  done
  local mib=$((kib / 2048))
  ((mib > 31744)) && mib=31744
  ((mib < 1024)) && mib=1024
  echo "${mib}m"
}

arguments=(--class "$main_class" --master "$master" --deploy-mode "$deploy_mode")
for pair in ${env_conf[@]+"${env_conf[@]}"} ${spark_conf[@]+"${spark_conf[@]}"}; do
  arguments+=(--conf "$pair")
done

# The value of a key of Spark's: the last one given here, or the site's, or the default.
site_conf="${SPARK_CONF_DIR:-${SPARK_HOME:-}/conf}/spark-defaults.conf"
setting() { # key, default
  local pair value
  value=$(sed -n "s/^[[:space:]]*${1//./\\.}[[:space:]=]\{1,\}//p" "$site_conf" 2>/dev/null | tail -n 1 || true)
  value=${value:-$2}
  for pair in ${env_conf[@]+"${env_conf[@]}"} ${spark_conf[@]+"${spark_conf[@]}"}; do
    [[ $pair == "$1="* ]] && value=${pair#*=}
  done
  echo "$value"
}

if ! $is_local; then
  heap=$(mebibytes "$(setting spark.executor.memory 1g)")
  beside=$(mebibytes "$(setting spark.executor.memoryOverhead "$((heap / 10 > 384 ? heap / 10 : 384))")")
  executor_flags="${native_flags[*]-} $(off_heap_flags "$heap" "$beside")"
  arguments+=(--conf "spark.executor.defaultJavaOptions=$(setting spark.executor.defaultJavaOptions '') $executor_flags")
fi

if [[ -n ${SPARK_HOME:-} ]]; then
  arguments+=(--conf "spark.driver.defaultJavaOptions=$(setting spark.driver.defaultJavaOptions '') ${native_flags[*]-}")
  [[ -x $SPARK_HOME/bin/spark-submit ]] \
    || fail 3 "Cannot use SPARK_HOME '$SPARK_HOME': found no bin/spark-submit there, expected a Spark 3.5 for Scala 2.12"
  if [[ -n $driver_memory ]]; then
    arguments+=(--driver-memory "$driver_memory")
  elif $is_local && [[ -z $(setting spark.driver.memory '') ]]; then
    arguments+=(--driver-memory "$(half_of_memory)")
  fi
  exec "$SPARK_HOME/bin/spark-submit" "${arguments[@]}" "$jar" ${command[@]+"${command[@]}"}
fi

# ---- the embedded Spark ----
case $master in
  yarn | k8s://*)
    fail 3 "Cannot run on '$master': found no SPARK_HOME, expected a Spark distribution, for the embedded Spark knows local, local-cluster and standalone masters only"
    ;;
esac
home="$target/spark"
if [[ ! -f $home/.complete || $target/spark.classpath -nt $home/.complete ]]; then
  fresh=$(mktemp -d "$target/spark.XXXXXX")
  mkdir "$fresh/jars"
  IFS=: read -r -a spark_jars <"$target/spark.classpath" || true
  for file in "${spark_jars[@]}"; do
    [[ $file == *.jar ]] && ln -s "$file" "$fresh/jars/"
  done
  touch "$fresh/.complete"
  rm -rf "$home"
  mv "$fresh" "$home" 2>/dev/null || rm -rf "$fresh" # another process was faster
fi
read -r -a flags < <(sed -n 's:.*<spark.jvm.flags>\(.*\)</spark.jvm.flags>.*:\1:p' "$root/pom.xml")
export SPARK_HOME="$home" SPARK_SCALA_VERSION=2.12
primary="$jar"
class_path="$home/jars/*"
[[ -n ${SPARK_CONF_DIR:-} ]] && class_path="$SPARK_CONF_DIR:$class_path"
[[ -n ${HADOOP_CONF_DIR:-} ]] && class_path="$class_path:$HADOOP_CONF_DIR"
if [[ $master == local || $master == local\[* ]]; then
  # Executors live in this JVM: the jar on its class path need not be copied for them.
  class_path="$jar:$class_path"
  primary=spark-internal
fi
driver_memory=${driver_memory:-$(setting spark.driver.memory "$(half_of_memory)")}
heap=$(mebibytes "$driver_memory")
read -r -a off_heap < <(off_heap_flags "$heap" "$((heap / 2 > 1024 ? heap / 2 : 1024))")
exec "$java" "${flags[@]}" -Xmx"$driver_memory" -XX:+UseParallelGC \
  ${native_flags[@]+"${native_flags[@]}"} "${off_heap[@]}" \
  "-Dlog4j2.configurationFile=file://$root/conf/log4j2.properties" \
  -cp "$class_path" org.apache.spark.deploy.SparkSubmit "${arguments[@]}" "$primary" ${command[@]+"${command[@]}"}
