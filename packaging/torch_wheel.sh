# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh --gpu: the models module built against the LibTorch of PyTorch's wheel, which has CUDA. Sourced.

torch_version=2.13.0
wheel_folder=$build/torch-wheel

has_nvidia_driver() { [ -e /proc/driver/nvidia/version ]; }

uses_wheel() { grep -q '^NUNATAK_TORCH_WHEEL:[A-Z]*=.' "$build/CMakeCache.txt" 2>/dev/null; }

offer_gpu() {
    if has_nvidia_driver && ! uses_wheel; then
        say "There is an NVIDIA driver: ./packaging/run.sh --gpu builds the network for it (downloads about 3 GB)."
    fi
}

# Everything stays in a folder of the build; nothing of the system or of the user's Python is touched. The
# driver is all that CUDA needs to run: no nvcc.
use_wheel() {
    local python=/usr/bin/python3 wheel
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "Installing python3-venv"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv \
            >/dev/null || fail "apt-get could not install python3-venv, which fetches PyTorch's wheel."
    fi
    mkdir -p "$build"
    if [ ! -x "$wheel_folder/bin/pip" ]; then
        "$python" -m venv "$wheel_folder" || fail "the folder $wheel_folder for PyTorch's wheel could not be made."
    fi
    say "Fetching PyTorch $torch_version into $wheel_folder"
    "$wheel_folder/bin/pip" install -q --disable-pip-version-check "torch==$torch_version" ||
        fail "PyTorch $torch_version could not be fetched: is the network there, and room for 6 GB?"
    wheel=$("$wheel_folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')/torch
    [ -f "$wheel/lib/libtorch_cuda.so" ] ||
        say "This wheel has no CUDA (PyTorch offers none for this machine): the network will use the processor."
    (cd "$root" && cmake --preset release -B "$build" -DNUNATAK_TORCH_WHEEL="$wheel" >/dev/null) ||
        fail "CMake could not configure the build with PyTorch's wheel (see above)."
}
