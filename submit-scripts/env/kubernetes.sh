# Kubernetes. Sourced by submit.sh; sets master, deploy_mode and env_conf. Needs SPARK_HOME.
#   K8S_MASTER         as k8s://https://host:6443
#   K8S_IMAGE          an image with Spark 3.5 for Scala 2.12 and Java 17
#   K8S_NAMESPACE, K8S_SERVICE_ACCOUNT   default: default, default
#   EXECUTORS, EXECUTOR_CORES, EXECUTOR_MEMORY, EXECUTOR_OVERHEAD   default 2, 4, 8g, 2g
# The driver runs here (client mode), so it must be reachable from the pods.
[[ -n ${K8S_MASTER:-} ]] \
  || fail 3 "Cannot use --env kubernetes: found no K8S_MASTER, expected one as k8s://https://host:6443"
[[ -n ${K8S_IMAGE:-} ]] \
  || fail 3 "Cannot use --env kubernetes: found no K8S_IMAGE, expected the name of an image with Spark 3.5"
master=$K8S_MASTER
env_conf=(
  "spark.kubernetes.container.image=$K8S_IMAGE"
  "spark.kubernetes.namespace=${K8S_NAMESPACE:-default}"
  "spark.kubernetes.authenticate.driver.serviceAccountName=${K8S_SERVICE_ACCOUNT:-default}"
  "spark.executor.instances=${EXECUTORS:-2}"
  "spark.executor.cores=${EXECUTOR_CORES:-4}"
  "spark.executor.memory=${EXECUTOR_MEMORY:-8g}"
  "spark.executor.memoryOverhead=${EXECUTOR_OVERHEAD:-2g}"
  "spark.executorEnv.OPENBLAS_NUM_THREADS=1"
  "spark.executorEnv.OMP_NUM_THREADS=1"
)
if [[ -n ${OPENBLAS_CORETYPE:-} ]]; then
  env_conf+=("spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE")
fi
