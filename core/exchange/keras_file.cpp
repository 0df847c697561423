// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/keras_file.h"

#include "base/error.h"
#include "exchange/hdf5_stream.h"
#include "exchange/weights_kind.h"

#include <algorithm>
#include <cmath>

namespace nunatak::exchange {

using hdf5::RecordKind;

namespace {

/// 1 GiB, of which the published network needs 40 MB.
constexpr std::uint64_t maxValues = std::uint64_t{1} << 28;
constexpr std::size_t maxArrays = 10'000;

KerasArray readArray(Hdf5Stream& stream, const Hdf5Stream::Record& record, const Progress& progress) {
    KerasArray array{record.name, {{}, stream.values(record, progress.stopToken())}};
    array.tensor.shape.assign(record.shape.begin(), record.shape.end());
    if (!std::all_of(array.tensor.values.begin(), array.tensor.values.end(),
                     [](float value) { return std::isfinite(value); })) {
        stream.refuse("the array " + record.name + " holds a value that is infinite or not a number");
    }
    return array;
}

} // namespace

KerasFile readKerasFile(const std::filesystem::path& file, const std::filesystem::path& reader,
                        const Progress& progress, Hdf5Patience patience) {
    if (const auto other = foreignWeights(file); !other.empty()) {
        throw Error("The weights " + file.string() + " cannot be used: " + other + ".");
    }
    Hdf5Stream stream(file, reader, {"weights"});
    stream.allow(patience.seconds, maxValues);
    KerasFile keras;
    keras.file = file;
    bool inLayer = false;
    for (std::size_t records = 0; records < 3 * maxArrays; ++records) {
        progress.throwIfStopped();
        const auto record = stream.next(progress.stopToken());
        if (record.kind == RecordKind::EndOfFile && !inLayer) {
            progress.report(1, "Reading weights");
            return keras;
        }
        if (record.kind == RecordKind::Group && !inLayer) {
            keras.layers.push_back({record.name, {}});
            inLayer = true;
        } else if (record.kind == RecordKind::EndOfGroup && inLayer) {
            inLayer = false;
        } else if (record.kind == RecordKind::Array && inLayer) {
            keras.layers.back().arrays.push_back(readArray(stream, record, progress));
        } else if (record.kind == RecordKind::Text && !inLayer) {
            if (record.name == "keras_version") {
                keras.version = record.text;
            }
        } else {
            stream.refuse("it is damaged: its layers do not follow one another");
        }
    }
    stream.refuse("it holds more arrays than any network this program knows");
}

} // namespace nunatak::exchange
