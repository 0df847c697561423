// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/weights_kind.h"

#include "exchange/hdf5_records.h"

#include <algorithm>
#include <fstream>

namespace nunatak::exchange {

namespace {

namespace fs = std::filesystem;

constexpr std::streamoff looked = 1 << 16;

std::string bytesAt(std::ifstream& stream, std::streamoff from, std::streamoff count) {
    std::string bytes(static_cast<std::size_t>(count), '\0');
    stream.clear();
    stream.seekg(from);
    stream.read(bytes.data(), count);
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    return bytes;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// Of an archive, by the names in its list, which lies at its end.
std::string archiveKind(const std::string& end) {
    if (has(end, "model.weights.h5")) {
        return std::string("it is a .keras archive (Keras 2.12 and newer, or Keras 3); load it there with "
                           "keras.models.load_model and ") +
               hdf5::savePlainly;
    }
    if (has(end, "data.pkl")) {
        return "it holds weights of PyTorch, and only those that Keras saved can be imported";
    }
    if (has(end, ".npy")) {
        return "it holds NumPy arrays, and only weights that Keras saved can be imported";
    }
    return "it is a ZIP archive; unpack it and give the file of weights (.h5) in it";
}

bool isCheckpoint(const fs::path& file) {
    const auto name = file.filename().string();
    return name == "checkpoint" || file.extension() == ".index" || has(name, ".data-00000-of-");
}

} // namespace

std::string foreignWeights(const fs::path& file) {
    const std::string checkpoint =
        std::string("of TensorFlow; load it there with the model's code and ") + hdf5::savePlainly;
    std::error_code problem;
    if (fs::is_directory(file, problem)) {
        return fs::exists(file / "saved_model.pb", problem)
                   ? "it is a SavedModel " + checkpoint
                   : "it is a folder; give the file of weights (.h5)";
    }
    const auto size = static_cast<std::streamoff>(fs::file_size(file, problem));
    if (problem) {
        return fs::exists(fs::path(file) += ".index", problem) ? "it is a checkpoint " + checkpoint : "";
    }
    std::ifstream stream(file, std::ios::binary);
    const auto begin = bytesAt(stream, 0, std::min(size, looked));
    if (begin.starts_with("\x89HDF\r\n\x1a\n")) {
        return {};
    }
    if (begin.starts_with("PK\x03\x04")) {
        return archiveKind(
            bytesAt(stream, std::max<std::streamoff>(0, size - looked), std::min(size, looked)));
    }
    if (isCheckpoint(file)) {
        return "it is a checkpoint " + checkpoint;
    }
    if (begin.size() > 1 && begin[0] == '\x80' && begin[1] >= 2 && begin[1] <= 5) {
        return "it is a pickle, which is a program and is not run; save the weights with Keras "
               "(model.save_weights)";
    }
    if (begin.starts_with("{") && has(begin, "weight_map")) {
        return std::string("it only lists the files that hold the weights (Keras 3); load it there and ") +
               hdf5::savePlainly;
    }
    return {};
}

} // namespace nunatak::exchange
