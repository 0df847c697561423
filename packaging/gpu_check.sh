#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks the GPU path on a machine that has an NVIDIA GPU, a C++ compiler and PyTorch, and nothing else of what
# the program needs: builds models/ alone, predicts and learns on the GPU and on the processor, compares both,
# and measures tiles a second beside the bf16 peak of the same GPU. About five minutes; exit code 0 when GPU
# and processor agree.
#
#   ./packaging/gpu_check.sh [--rehearse]
#
# --rehearse does the same with the processor alone and a smaller network, where there is no GPU.
# PYTHON names the Python that has PyTorch (default: python3). nlohmann-json is taken from the system or, where
# it is not installed and cannot be, from build/json (its folder "nlohmann" of headers).
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-python3}
build=$root/build/gpu-check
device=cuda
arguments=()

say() { printf '%s\n' "== $* ($SECONDS s)"; }
fail() {
    printf '%s\n' "gpu_check.sh: $*" >&2
    exit 1
}

[ $# -le 1 ] && { [ $# -eq 0 ] || [ "$1" = --rehearse ]; } || fail "usage: gpu_check.sh [--rehearse]"
if [ "${1:-}" = --rehearse ]; then
    device=cpu
    arguments=(--filters 16 --tile 192 --learn-tile 96 --batches 1,2 --seconds 2)
fi

command -v c++ >/dev/null || fail "there is no C++ compiler (c++); install g++ 11 or later."
torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))') ||
    fail "$python has no PyTorch; name one that has it, as in PYTHON=/opt/torch/bin/python3."
if [ "$device" = cuda ]; then
    "$python" -c 'import torch, sys; sys.exit(not torch.cuda.is_available())' ||
        fail "PyTorch sees no NVIDIA GPU here, so nothing was checked; --rehearse runs the same on the processor."
    "$python" -c 'import torch; print("PyTorch", torch.__version__, "on", torch.cuda.get_device_name(0))'
fi

# CMake and Ninja may come with Python instead of the system.
cmake=$(command -v cmake || "$python" -c 'import cmake, os; print(os.path.join(cmake.CMAKE_BIN_DIR, "cmake"))') ||
    fail "there is no CMake; install it, from the system or with pip."
generator=()
ninja=$(command -v ninja || "$python" -c 'import ninja, os; print(os.path.join(ninja.BIN_DIR, "ninja"))' 2>/dev/null) &&
    generator=(-G Ninja "-DCMAKE_MAKE_PROGRAM=$ninja")

say "Building models/ against $torch"
mkdir -p "$build"
"$cmake" -S "$root" -B "$build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" \
    -DNUNATAK_MODELS_ONLY=ON "-DNUNATAK_TORCH_WHEEL=$torch" >"$build/configure.log" 2>&1 ||
    fail "CMake could not configure: $(grep -m 3 -A 3 'CMake Error' "$build/configure.log")"
"$cmake" --build "$build" -j "$(nproc)" --target gpu_check nunatak_models >"$build/build.log" 2>&1 ||
    fail "the build failed: $(grep -m 3 -E 'error|FAILED' "$build/build.log")"

peak=0
if [ "$device" = cuda ]; then
    say "Measuring the bf16 peak of this GPU (a product of 8192³)"
    peak=$("$python" - <<'PY'
import statistics
import time
import torch

a, b = (torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16) for _ in "ab")
rates = []
for _ in range(12):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(5):
        a @ b
    torch.cuda.synchronize()
    rates.append(5 * 2 * 8192**3 / (time.perf_counter() - begin) / 1e12)
print(round(statistics.median(rates[2:])))
PY
    ) || fail "PyTorch could not multiply matrices on the GPU."
fi

say "Comparing the GPU with the processor"
"$build/tests/gpu_check" --device "$device" --peak "$peak" "${arguments[@]}"
code=$?
say "$([ $code = 0 ] && echo "GPU and processor agree" || echo "NOT RIGHT: see above")"
exit $code
