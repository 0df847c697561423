# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh and test.sh share: installing what is missing and building. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release

# Qt asks for a folder of the session, which a machine without a desktop has not.
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    XDG_RUNTIME_DIR=$(mktemp -d) && export XDG_RUNTIME_DIR
fi

say() { printf '%s\n' "== $*"; }

fail() {
    printf '%s\n' "$(basename "$0"): $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "some Debian packages are missing and need root to be installed: run this as root, or install sudo."
    fi
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_missing [PACKAGE…]: installs the packages of dependencies.txt, and these, that are not there; says
# nothing when all are.
install_missing() {
    command -v dpkg-query >/dev/null || fail "this needs Debian 12 (no dpkg here)."
    local missing=() package
    while read -r package; do
        [ -n "$package" ] || continue
        is_installed "$package" || missing+=("$package")
    done < <(cat "$root/packaging/dependencies.txt" && printf '%s\n' "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    as_root apt-get update -qq || fail "apt-get update failed: is the network there?"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null || fail "apt-get could not install: ${missing[*]}"
}

configure=() # what CMake is told beside the preset

# build_release TARGET: "programs" is what users run, "all" the tests as well. While it builds, one line that
# counts; what the compiler says goes to a file, whose errors are shown when it fails.
build_release() {
    local log=$build/build.log code begin=$SECONDS
    [ -f "$build/build.ninja" ] || configure+=(-DNUNATAK_PRECOMPILED=ON)
    if [ ! -f "$build/build.ninja" ] || [ ${#configure[@]} -gt 0 ]; then
        say "Configuring the build"
        (cd "$root" && cmake --preset release "${configure[@]}" >/dev/null) || fail "CMake could not configure the build (see above)."
    fi
    say "Building $1 (some minutes the first time)"
    if [ -t 1 ]; then
        NINJA_STATUS='[%f of %t, %e s] ' cmake --build "$build" --target "$1" 2>&1 | tee "$log" |
            grep --line-buffered '^\[' | while read -r line; do printf '\r\033[K%s' "${line:0:79}"; done
        code=${PIPESTATUS[0]}
        printf '\n'
    else
        cmake --build "$build" --target "$1" >"$log" 2>&1
        code=$?
    fi
    if [ "$code" != 0 ]; then
        grep -E -A 20 'FAILED|error' "$log" | head -n 60 >&2
        fail "the build failed; all that the compiler said: $log"
    fi
    say "Built in $((SECONDS - begin)) s"
}
