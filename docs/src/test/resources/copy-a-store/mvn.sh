#!/bin/sh
# Stands before Maven on the PATH of the copy: without the network when nothing is missing, and with it otherwise.
"$MAVEN" -B -o "-Dmaven.repo.local=$REPOSITORY" "-Dpostgres.platform=$PLATFORM" "$@" > maven.log 2>&1
status=$?
if [ $status -ne 0 ] && grep -q 'in offline mode' maven.log; then
    "$MAVEN" -B "-Dmaven.repo.local=$REPOSITORY" "-Dpostgres.platform=$PLATFORM" "$@" > maven.log 2>&1
    status=$?
fi
cat maven.log
exit $status
