#!/bin/sh
# Stands before Maven on the PATH of SoakTest: SOAK_STUB says what becomes of its runs.
echo "arguments: $*"
case $SOAK_STUB in
    hangs | never-ends) exec sleep 3600 ;;
    fails-in-the-second)
        echo run >> stub-runs
        if [ "$(wc -l < stub-runs)" -eq 2 ]; then
            echo '[ERROR] Failures: '
            echo '[ERROR]   PlantedTest.a_planted_rule:12 what it says'
            echo '[ERROR]   OtherTest>OtherSpecs.an_inherited_rule:7 what it says'
            exit 1
        fi
        ;;
esac
