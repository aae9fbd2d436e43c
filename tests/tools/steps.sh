# shellcheck shell=bash
# Runs named steps and counts them. This file is sourced.
# A step's output goes to a log that is shown only if the step fails, and the
# run goes on after a failure.

steps_passed=0
steps_failed=0
steps_log=$(mktemp)
# A step may write a few words here, which are shown in its line.
step_note=$(mktemp)
export step_note

# step NAME COMMAND... runs a command or a function as a step.
step() {
    local name=$1 status=0 start=$SECONDS
    shift
    : >"$step_note"
    # Bash ignores `set -e` in a function that is called in a condition, so
    # the step runs outside of one.
    set +e
    (
        set -e
        "$@"
    ) >"$steps_log" 2>&1 </dev/null
    status=$?
    set -e
    local told="$((SECONDS - start)) s" note
    note=$(<"$step_note")
    told+=${note:+, $note}
    if ((status == 0)); then
        steps_passed=$((steps_passed + 1))
        echo "ok   $name ($told)"
    else
        steps_failed=$((steps_failed + 1))
        echo "FAIL $name ($told)"
        # A very long log is cut in the middle, for the first fault and the
        # final words both matter.
        if (($(wc -l <"$steps_log") > 300)); then
            head -n 200 "$steps_log" | sed 's/^/    /'
            echo '    ...'
            tail -n 80 "$steps_log" | sed 's/^/    /'
        else
            sed 's/^/    /' "$steps_log"
        fi
    fi
}

# Prints the summary and fails if any step has failed.
steps_summary() {
    echo
    echo "$steps_passed passed, $steps_failed failed"
    ((steps_failed == 0))
}

# Removes the files of this library.
steps_clean() {
    rm -f "$steps_log" "$step_note"
}
