# Hadoop YARN. Sourced by submit.sh; sets master, deploy_mode and env_conf. Needs SPARK_HOME.
#   HADOOP_CONF_DIR    the cluster's configuration
#   DEPLOY_MODE        client (default) or cluster; in cluster mode the run's exit code and message
#                      stand in run.json, and inputs and outputs are on the cluster's file systems
#   EXECUTORS, EXECUTOR_CORES, EXECUTOR_MEMORY, EXECUTOR_OVERHEAD   default 2, 4, 8g, 2g
[[ -n ${HADOOP_CONF_DIR:-}${YARN_CONF_DIR:-} ]] \
  || fail 3 "Cannot use --env yarn: found no HADOOP_CONF_DIR, expected the directory of core-site.xml and yarn-site.xml"
master=yarn
deploy_mode=${DEPLOY_MODE:-client}
env_conf=(
  "spark.executor.instances=${EXECUTORS:-2}"
  "spark.executor.cores=${EXECUTOR_CORES:-4}"
  "spark.executor.memory=${EXECUTOR_MEMORY:-8g}"
  # The native matrix kernel and its buffers lie outside the heap.
  "spark.executor.memoryOverhead=${EXECUTOR_OVERHEAD:-2g}"
  "spark.executorEnv.OPENBLAS_NUM_THREADS=1"
  "spark.executorEnv.OMP_NUM_THREADS=1"
)
if [[ -n ${OPENBLAS_CORETYPE:-} ]]; then
  env_conf+=("spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE")
fi
