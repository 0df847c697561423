#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keras 2.12 loads exported weights and predicts with them what the program predicts; what it saves comes back.
. "$(dirname "$0")/common.sh"
python_with keras2 tensorflow-cpu==2.12.1
. "$(dirname "$0")/keras.bash"
