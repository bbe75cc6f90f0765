# A Spark standalone cluster. Sourced by submit.sh; sets master, deploy_mode and env_conf.
#   SPARK_MASTER_URL   as spark://host:7077
#   EXECUTOR_MEMORY    default 4g
[[ -n ${SPARK_MASTER_URL:-} ]] \
  || fail 3 "Cannot use --env standalone: found no SPARK_MASTER_URL, expected one as spark://host:7077"
master=$SPARK_MASTER_URL
env_conf=(
  "spark.executor.memory=${EXECUTOR_MEMORY:-4g}"
  # The matrix kernel runs one thread a task.
  "spark.executorEnv.OPENBLAS_NUM_THREADS=1"
  "spark.executorEnv.OMP_NUM_THREADS=1"
)
# Name the kernel where all workers are alike: OPENBLAS_CORETYPE=Haswell submit.sh --env standalone ...
if [[ -n ${OPENBLAS_CORETYPE:-} ]]; then
  env_conf+=("spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE")
fi
