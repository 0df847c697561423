// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/plain_file.h"

#include "base/error.h"

#include <filesystem>

namespace nunatak::raster {

void throwIfDevice(const std::string& path) {
    using Type = std::filesystem::file_type;
    std::error_code ignored;
    const Type type = std::filesystem::status(path, ignored).type();
    if (type == Type::fifo || type == Type::socket || type == Type::character || type == Type::block) {
        throw Error("\"" + path + "\" is a pipe or a device and no file; give a file.");
    }
}

} // namespace nunatak::raster
