# SPDX-License-Identifier: GPL-3.0-or-later
# What the findings share. Sourced. Makes a temporary folder, goes there, and removes it at the end.
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 77

not_run() {
    printf '%s\n' "not run: $*"
    exit 77
}
# pip_install FOLDER PACKAGE==VERSION …: an environment of its own; its Python is FOLDER/bin/python.
pip_install() {
    local folder=$1
    shift
    [ -d "$folder" ] || python3 -m venv "$folder" || not_run "python3 can make no environment"
    "$folder/bin/pip" install -q --disable-pip-version-check "$@" 2>pip.txt || not_run "$* could not be fetched"
}
# as_described CONDITION-TEXT COMMAND…: prints the line; ends with 1 when the command fails.
as_described() {
    local text=$1
    shift
    if "$@"; then
        printf 'as described: %s\n' "$text"
    else
        printf 'CHANGED: %s\n' "$text"
        exit 1
    fi
}
