#!/bin/sh
# Start a standalone Spark master and two workers on this machine, measure on them, compare with
# one machine's answer, and stop them again.
set -eu
cd "$(dirname "$0")/.."
command -v java >/dev/null 2>&1 || { echo "Spark needs Java 17: apt install openjdk-17-jre-headless" >&2; exit 1; }
bin="$PWD/.venv/bin"
export SPARK_HOME="$("$bin/python" -c 'import pyspark; print(pyspark.__path__[0])')"
export PYSPARK_PYTHON="$bin/python" SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1
port="${SPARK_PORT:-7077}"
folder=$(mktemp -d)
pids=""
stop() { for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$folder"; }
trap stop EXIT INT TERM

start() {
  name=$1; shift
  "$SPARK_HOME/bin/spark-class" "$@" >"$folder/$name.log" 2>&1 &
  pids="$pids $!"
}
wait_for() {
  tries=0
  until grep -q "$1" "$folder/$2.log" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { echo "The $2 did not start:" >&2; cat "$folder/$2.log" >&2; exit 1; }
    sleep 0.5
  done
}

echo "A master and two workers start ..."
start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
wait_for "New state: ALIVE" master
for number in 1 2; do
  start "worker-$number" org.apache.spark.deploy.worker.Worker "spark://127.0.0.1:$port" \
    --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 --work-dir "$folder/work-$number"
  wait_for "Successfully registered with master" "worker-$number"
done

echo "A generated desk is stored in buckets ..."
"$bin/python" -m benchmarks.spark_set "$folder/set"
measure() { "$bin/tallystick" measure-stored "$folder/set/agreement.yaml" "$folder/set/stored" --format csv "$@" || [ $? -eq 1 ]; }

echo "Measured on the cluster ..."
measure --spark "spark://127.0.0.1:$port" >"$folder/cluster.csv" 2>"$folder/cluster.log" || { cat "$folder/cluster.log" >&2; exit 1; }
measure >"$folder/alone.csv"
cmp "$folder/cluster.csv" "$folder/alone.csv"
for number in 1 2; do
  echo "Worker $number ran $(grep -c "Asked to launch executor" "$folder/worker-$number.log") executor(s)."
done
tail -n 3 "$folder/cluster.csv"
echo "$(($(wc -l <"$folder/cluster.csv") - 1)) measurements: the cluster and one machine agree to the last digit."
