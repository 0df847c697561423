# SPDX-License-Identifier: GPL-3.0-or-later
# A GlaViTU (Maslov et al. 2025) of the starter model's size in Keras, 2 or 3, layers in the order of the published
# weights; loads exported weights and predicts with them, and saves them in every layout that Keras has.
#     keras_model.py load WEIGHTS.h5 FEATURES.bin PROBABILITY.bin
#     keras_model.py save WEIGHTS.h5 FOLDER
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np

try:
    from tensorflow import keras  # Keras 2
except ImportError:
    import keras  # Keras 3

L = keras.layers
TILE, FILTERS, WIDTH, BLOCKS, HEADS, HIDDEN = 64, 16, 32, 2, 4, 64


def leaky(x):
    return keras.activations.relu(x) - 0.2 * keras.activations.relu(-x)


class Pair(L.Layer):
    """Two convolutions with BatchNorm and leaky ReLU."""

    def __init__(self, filters, **rest):
        super().__init__(**rest)
        self.conv1 = L.Conv2D(filters, 3, padding="same")
        self.norm1 = L.BatchNormalization()
        self.conv2 = L.Conv2D(filters, 3, padding="same")
        self.norm2 = L.BatchNormalization()

    def call(self, x):
        return leaky(self.norm2(self.conv2(leaky(self.norm1(self.conv1(x))))))


class Fusion(L.Layer):
    def __init__(self, inputs, **rest):
        super().__init__(**rest)
        # Made in turn, as their numbers tell.
        dense = [(L.Dense(FILTERS), L.Dense(FILTERS, activation="sigmoid")) for _ in range(inputs)]
        self.pairs = [Pair(FILTERS) for _ in range(inputs)]
        self.squeezes = [first for first, _ in dense]
        self.excites = [second for _, second in dense]
        self.mean = L.GlobalAveragePooling2D(keepdims=True)

    def call(self, inputs):
        total = 0
        for x, pair, squeeze, excite in zip(inputs, self.pairs, self.squeezes, self.excites):
            x = pair(x)
            total = total + x * excite(leaky(squeeze(self.mean(x))))
        return total


class Patches(L.Layer):
    """Patches of 16 x 16 pixels, each a row of its pixels' channels."""

    def __init__(self, **rest):
        super().__init__(**rest)
        self.dense = L.Dense(WIDTH)
        side = TILE // 16
        self.cut = [L.Reshape((side, 16, side, 16 * FILTERS)), L.Permute((1, 3, 2, 4)),
                    L.Reshape((side * side, 256 * FILTERS))]

    def call(self, x):
        for step in self.cut:
            x = step(x)
        return self.dense(x)


class Positions(L.Layer):
    def build(self, shape):
        self.table = self.add_weight(name="positional_embedding", shape=shape[1:], initializer="zeros")

    def call(self, x):
        return x + self.table


class Block(L.Layer):
    def __init__(self, **rest):
        super().__init__(**rest)
        self.norm1 = L.LayerNormalization(epsilon=1e-3)
        self.attention = L.MultiHeadAttention(HEADS, WIDTH // HEADS)
        self.norm2 = L.LayerNormalization(epsilon=1e-3)
        self.mlp1 = L.Dense(HIDDEN)
        self.mlp2 = L.Dense(WIDTH)

    def call(self, x):
        normed = self.norm1(x)
        x = x + self.attention(normed, normed)
        hidden = keras.activations.gelu(self.mlp1(self.norm2(x)), approximate=False)
        return x + keras.activations.gelu(self.mlp2(hidden), approximate=False)


class Residual(L.Layer):
    def __init__(self, filters, **rest):
        super().__init__(**rest)
        self.pair = Pair(filters)
        self.projection = L.Dense(filters, use_bias=False)

    def call(self, x):
        return self.projection(x) + self.pair(x)


class Up(L.Layer):
    def __init__(self, filters, **rest):
        super().__init__(**rest)
        self.larger = L.UpSampling2D()
        self.conv = L.Conv2D(filters, 2, padding="same", use_bias=False)
        self.norm = L.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(self.larger(x)))


def transformer():
    entry = x = keras.Input((TILE, TILE, FILTERS))
    x = Positions()(Patches()(x))
    for _ in range(BLOCKS):
        x = Block()(x)
    x = L.Reshape((TILE // 16, TILE // 16, WIDTH))(x)
    for _ in range(3):
        x = L.BatchNormalization()(L.Conv2D(FILTERS, 3, padding="same")(x))
        x = L.UpSampling2D(interpolation="bilinear")(x)
    x = L.BatchNormalization()(L.Conv2D(FILTERS, 3, padding="same")(x))
    x = L.UpSampling2D(interpolation="bilinear")(L.Conv2D(FILTERS, 1)(x))
    return keras.Model(entry, x, name="SETR")


def unet():
    entry = x = keras.Input((TILE, TILE, FILTERS))
    skips = []
    for level in range(4):
        x = Residual(FILTERS << level)(L.MaxPooling2D()(x) if level else x)
        skips.append(x)
    for level in (2, 1, 0):
        x = L.Concatenate()([Up(FILTERS << level)(x), skips[level]])
        x = Residual(FILTERS << level)(x)
    return keras.Model(entry, L.Dense(FILTERS)(x), name="ResUNet")


def glavitu():
    inputs = [keras.Input((TILE, TILE, 6), name="optical"), keras.Input((TILE, TILE, 2), name="dem")]
    fused = Fusion(2, name="fusion_block")(inputs)
    encoded = L.Add()([transformer()(fused), fused])
    early = L.Dense(2, activation="softmax", name="deepsupervision")(encoded)
    late = L.Add()([encoded, unet()(encoded)])
    return keras.Model(inputs, [early, L.Dense(2, activation="softmax", name="output")(late)])


def check(weights, features, probability):
    """Each quarter of the scene lies in a tile of its own, the rest of which is padding."""
    bands = np.fromfile(features, "f4").reshape(8, TILE, TILE)
    expected = np.fromfile(probability, "f4").reshape(TILE, TILE)
    model = glavitu()
    model.load_weights(weights)
    padded = np.pad(bands, ((0, 0), (TILE // 2,) * 2, (TILE // 2,) * 2))
    found = np.zeros((2 * TILE, 2 * TILE), "f4")
    for row in (0, TILE):
        for column in (0, TILE):
            tile = np.moveaxis(padded[:, row : row + TILE, column : column + TILE], 0, -1)[None]
            answer = model.predict([tile[..., :6], tile[..., 6:]], verbose=0)[1]
            found[row : row + TILE, column : column + TILE] = np.asarray(answer)[0, ..., 1]
    middle = slice(TILE // 2, TILE // 2 + TILE)
    worst = np.abs(found[middle, middle] - expected).max()
    print(f"Keras {keras.__version__}: probabilities differ by {worst:.1e} at most, they span {np.ptp(expected):.2f}")
    sys.exit(0 if worst < 1e-4 and np.ptp(expected) > 0.05 else 1)


def save(weights, folder):
    model = glavitu()
    model.load_weights(weights)
    model.save_weights(os.path.join(folder, "new.weights.h5"))
    model.save(os.path.join(folder, "whole.keras"), **({} if keras.__version__ > "3" else {"save_format": "keras_v3"}))
    plain = os.path.join(folder, "plain_weights.h5")
    if keras.__version__ < "3":
        model.save_weights(plain)
    else:
        from keras.src.legacy.saving import legacy_h5_format

        with h5py.File(plain, "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)


(check if sys.argv[1] == "load" else save)(*sys.argv[2:])
