# SPDX-License-Identifier: GPL-3.0-or-later
# What the external checks share. Sourced by NAME.sh; CTest sets NUNATAK_CLI, NUNATAK_EXTERNAL_FOLDER and
# NUNATAK_TESTS. A check exits 0 when right, 77 when it could not be run, else 1 with a line why.
set -uo pipefail
cli=$NUNATAK_CLI
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUNATAK_USER_MODELS=$work/models

fail() {
    printf '%s\n' "$*"
    exit 1
}
not_run() {
    printf '%s\n' "not run: $*"
    exit 77
}
# Runs the program; its failure is the check's.
must() {
    "$cli" "$@" >"$work/log.txt" 2>&1 || fail "nunatak-cli $1 $2: $(tail -n 1 "$work/log.txt")"
}
# python_with NAME PACKAGE==VERSION … [--alone PACKAGE==VERSION …]: sets $python to one that has exactly these, in an
# environment called NAME that is made once, and only by packaging/test.sh --external. What stands behind --alone is
# installed without what it asks for.
python_with() {
    local folder=$NUNATAK_EXTERNAL_FOLDER/$1
    shift
    python=$folder/bin/python
    [ "$(cat "$folder/packages.txt" 2>/dev/null)" = "$*" ] && return
    [ -n "${NUNATAK_EXTERNAL_INSTALL:-}" ] || not_run "$* are fetched by packaging/test.sh --external only"
    rm -rf "$folder"
    python3 -m venv "$folder" >"$work/log.txt" 2>&1 || not_run "python3 can make no environment (python3-venv?)"
    local all="$*" packages=()
    while [ $# -gt 0 ] && [ "$1" != --alone ]; do
        packages+=("$1")
        shift
    done
    fetch_into "$folder" "${packages[@]}"
    [ $# -eq 0 ] || fetch_into "$folder" --no-deps --no-build-isolation "${@:2}"
    printf '%s' "$all" >"$folder/packages.txt"
}
fetch_into() {
    "$1/bin/pip" install -q --disable-pip-version-check "${@:2}" >"$work/log.txt" 2>&1 ||
        not_run "${*:2} could not be fetched: $(grep -v 'WARNING\|^hint' "$work/log.txt" | tail -n 1)"
}
