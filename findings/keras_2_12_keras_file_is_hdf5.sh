#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A file called model.keras is a zip archive with config.json and model.weights.h5, one reads everywhere. Keras 2.12 (of
# TensorFlow 2.12, with which networks of this field are published) writes an HDF5 file under that name, also where
# save_format="keras" asks for the format by its name; the archive is what it calls "keras_v3". Keras 3 looks for an
# archive under that name and says of the HDF5 file that lies there that it is not found.
# What it means: look at the first bytes, not at the ending.
. "$(dirname "$0")/common.sh"

pip_install env-2 tensorflow-cpu==2.12.1
pip_install env-3 keras==3.4.1 torch==2.13.0
cat >write.py <<'PY'
import tensorflow

model = tensorflow.keras.Sequential([tensorflow.keras.layers.Dense(1, input_shape=(2,))])
model.save("plain.keras")
model.save("named.keras", save_format="keras")
model.save("third.keras", save_format="keras_v3")
for name in ("plain", "named", "third"):
    with open(name + ".keras", "rb") as file:
        start = file.read(4)
    print(f"Keras {tensorflow.keras.__version__}, {name}.keras:", {b"\x89HDF": "HDF5", b"PK\x03\x04": "zip"}[start])
PY
TF_CPP_MIN_LOG_LEVEL=3 env-2/bin/python -W ignore write.py 2>errors.txt | tee seen
cat >read.py <<'PY'
import keras

try:
    keras.saving.load_model("named.keras")
    print(f"Keras {keras.__version__} reads it")
except Exception as error:
    print(f"Keras {keras.__version__}, {type(error).__name__}: {str(error).splitlines()[0][:100]}")
PY
KERAS_BACKEND=torch env-3/bin/python -W ignore read.py 2>>errors.txt | tee -a seen
as_described "without a format it is HDF5" grep -q 'Keras 2.12.0, plain.keras: HDF5' seen
as_described 'with save_format="keras" it is HDF5' grep -q 'Keras 2.12.0, named.keras: HDF5' seen
as_described 'with save_format="keras_v3" it is the archive' grep -q 'Keras 2.12.0, third.keras: zip' seen
as_described "Keras 3 refuses the HDF5 one" grep -q 'Keras 3.4.1, ValueError' seen
