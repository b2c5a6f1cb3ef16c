#!/usr/bin/env bash
# Releases a version that is deployed already, and waits for the verdict.
#
#   deploy.sh SERVICE VERSION STRATEGY
#
# SPILLWAY_URL and SPILLWAY_TOKEN say where and as whom. DEPLOY_KEY, such as the id of the build, makes
# it safe to run again: the same key finds the same release. DEPLOY_TIMEOUT is how long to wait (1h).
#
# Exit codes:
#   0  the version has all traffic
#   1  it was taken back, or the release was ended otherwise
#   2  nothing was started: Spillway refused it, or the command line is wrong
#   3  Spillway does not answer
#   4  the time is over; the release goes on
set -uo pipefail

service=${1:?which service? namespace/name}
version=${2:?which version?}
strategy=${3:?which strategy?}

id=$(spillway release create "$service" --candidate "$version" --strategy "$strategy" \
  --idempotency-key "${DEPLOY_KEY:-$service-$version-$RANDOM$RANDOM}" --quiet)
status=$?
case $status in
  0) echo "release $id: $service $version by $strategy" ;;
  3) exit 3 ;;
  *) exit 2 ;;
esac

spillway release wait "$id" --timeout "${DEPLOY_TIMEOUT:-1h}" --quiet >/dev/null
verdict=$?
if [ "$verdict" -ne 0 ]; then
  # Into the log of the build: why, and what to do.
  spillway release explain "$id" || true
fi
exit "$verdict"
