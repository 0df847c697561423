#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same as keras_2.sh with Keras 3.
. "$(dirname "$0")/common.sh"
python_with keras3 keras==3.12.0 jax==0.10.2 jaxlib==0.10.2 h5py==3.16.0
. "$(dirname "$0")/keras.bash"
