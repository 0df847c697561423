// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/whole_file.h"
#include "models/safetensors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

namespace nunatak::models {

void writeSafetensors(const NamedTensors& tensors, const std::map<std::string, std::string>& metadata,
                      const std::filesystem::path& file) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) {
        header["__metadata__"] = metadata;
    }
    std::vector<std::string_view> pieces(2);
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const auto bytes = tensor.values.size() * sizeof(float);
        if (tensor.elements() < 0 || static_cast<std::uint64_t>(tensor.elements()) != tensor.values.size()) {
            throw Error("Cannot write " + file.string() + ": the number of values of " + name +
                        " does not fit its shape.");
        }
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float v) { return std::isfinite(v); })) {
            throw Error("Cannot write " + file.string() + ": " + name +
                        " holds a value that is infinite or not a number.");
        }
        header[name] = {
            {"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + bytes}}};
        offset += bytes;
        pieces.emplace_back(reinterpret_cast<const char*>(tensor.values.data()), bytes);
    }
    auto text = header.dump();
    // Spaces bring the data to a multiple of 8 bytes, so that it can be used where it is mapped.
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    pieces[0] = {reinterpret_cast<const char*>(&length), sizeof length};
    pieces[1] = text;
    writeWholeFile(file, pieces);
}

} // namespace nunatak::models
