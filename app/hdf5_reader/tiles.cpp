// SPDX-License-Identifier: GPL-3.0-or-later
#include "contents.h"
#include "hdf5_values.h"
#include "limits.h"

#include <algorithm>

namespace nunatak::hdf5_reader {

namespace {

constexpr const char* labels = "outlines";

void sendAttributes(hid_t tile, RecordWriter& out) {
    for (const char* name : {"region", "subregion"}) {
        if (hasAttribute(tile, name)) {
            const auto texts = textsOf(tile, name);
            out.text(name, texts.empty() ? "" : texts.front());
        }
    }
    for (const char* name :
         {"padding_height", "padding_width", "height", "width", "xmin", "xmax", "ymin", "ymax"}) {
        if (const auto value = numberOf(tile, name)) {
            out.number(name, *value);
        }
    }
}

void sendRasters(hid_t tile, const std::vector<std::string>& features, RecordWriter& out) {
    for (const auto& name : linkNames(tile)) {
        const bool wanted = name == labels || features.empty() ||
                            std::find(features.begin(), features.end(), name) != features.end();
        if (wanted && objectType(tile, name) == H5O_TYPE_DATASET) {
            sendDataset(tile, name, out);
        }
    }
}

} // namespace

void sendTiles(hid_t file, const std::vector<std::string>& features, RecordWriter& out) {
    auto names = linkNames(file);
    std::erase_if(names, [&](const auto& name) { return objectType(file, name) != H5O_TYPE_GROUP; });
    out.number("tiles", static_cast<double>(names.size()));
    for (const auto& name : names) {
        allowMoreTime();
        const Handle tile(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose, "the tile " + name);
        out.group(name);
        sendAttributes(tile, out);
        sendRasters(tile, features, out);
        out.endOfGroup();
    }
}

} // namespace nunatak::hdf5_reader
