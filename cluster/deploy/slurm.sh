#!/usr/bin/env bash
# A run on Slurm, with blobs on the file system that all nodes share:
#
#   sbatch slurm.sh twophase --rms 12 --symmetry off
#
# Task 0 has the NATS server and the coordinator, the others are workers. A worker ends when
# the run is over. A job that is requeued goes on from the last complete level.
#SBATCH --job-name=muster
#SBATCH --ntasks=17
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=08:00:00
#SBATCH --requeue
set -euo pipefail

program=${MC_CLUSTER:-mc-cluster} # one file for all: a worker takes no task of another build
bucket=file://${MUSTER_BUCKET:-$SLURM_SUBMIT_DIR/muster-blobs}
server=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
where=(--cluster "nats://$server:4222" --bucket "$bucket")

nats-server --jetstream --store_dir "${TMPDIR:-/tmp}/muster-nats" --port 4222 &
nats=$!
trap 'kill "$nats"' EXIT
until (exec 3<>"/dev/tcp/$server/4222") 2>/dev/null; do sleep 0.2; done # until it listens

srun --ntasks=$((SLURM_NTASKS - 1)) --overlap "$program" work "${where[@]}" --tasks "$SLURM_CPUS_PER_TASK" --once &
"$program" check "$@" "${where[@]}"
