# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by keras_2.sh and keras_3.sh after common.sh, with $python set: weights go to Keras and come back.
/usr/bin/python3 -c 'from osgeo import gdal; import numpy' 2>/dev/null || not_run "python3-gdal and python3-numpy are not there"
here=$NUNATAK_TESTS/external
cd "$work" || exit 1
keras() { "$python" "$here/keras_model.py" "$@" >keras.txt 2>&1; }
predicted_by() {
    must predict --scene scene.json --out "$1" --model "$1" --overlap 0 --precision float32 --smoothing 1
    /usr/bin/python3 "$here/keras_scene.py" read "$1/probability.tif"
}

/usr/bin/python3 "$here/keras_scene.py" write || fail "the scene could not be written"
must model export-keras starter --out starter_weights.h5
predicted_by starter
keras load starter_weights.h5 features.bin probability.bin || fail "exported weights: $(tail -n 1 keras.txt)"
tail -n 1 keras.txt
"$cli" model export-keras starter --out starter.weights.h5 >log.txt 2>&1 && fail "a name was taken that Keras refuses"

mkdir saved
keras save starter_weights.h5 saved || fail "Keras could not save: $(tail -n 1 keras.txt)"
must model import saved/plain_weights.h5 --name starter --features optical dem --pixel-size 30
for file in saved/new.weights.h5 saved/whole.keras; do
    "$cli" model import "$file" --name no --features optical dem >log.txt 2>&1 && fail "$file was taken for what it is not"
    grep -q "older layout" log.txt || fail "$file is not named for what it is: $(tail -n 1 log.txt)"
done
cmp -s "$NUNATAK_USER_MODELS/starter/weights.safetensors" "$NUNATAK_TESTS/../models/weights/starter/weights.safetensors" ||
    fail "weights that went to Keras and came back are others"
