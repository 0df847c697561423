// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/archive.h"

#include "base/error.h"

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <memory>

namespace nunatak::raster {

namespace {

constexpr int mostFiles = 100'000;
constexpr std::size_t blockSize = std::size_t(64) << 10;

bool leadsOut(const std::string& name) {
    const std::filesystem::path path(name);
    if (path.is_absolute() || name.find('\\') != std::string::npos) {
        return true;
    }
    for (const auto& part : path) {
        if (part == "..") {
            return true;
        }
    }
    return false;
}

} // namespace

void checkArchive(const std::string& path) {
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), &archive_read_free);
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_zip_seekable(reader.get());
    archive_read_support_filter_gzip(reader.get());
    if (archive_read_open_filename(reader.get(), path.c_str(), blockSize) != ARCHIVE_OK) {
        throw Error("\"" + path +
                    "\" is no tar or zip file that can be read, or is cut off; download it again.");
    }
    for (int count = 0;; ++count) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(reader.get(), &entry);
        if (result == ARCHIVE_EOF) {
            return;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            throw Error("\"" + path + "\" is damaged or cut off after " + std::to_string(count) +
                        " files; download it again.");
        }
        const char* name = archive_entry_pathname(entry);
        if (name == nullptr || leadsOut(name)) {
            throw Error("\"" + path + "\" holds a file whose name leads out of its folder (" +
                        (name != nullptr ? name : "unreadable") +
                        "); no product does that, so it is not opened. Download it from its provider.");
        }
        if (count >= mostFiles) {
            throw Error("\"" + path + "\" holds more than " + std::to_string(mostFiles) +
                        " files; it is no satellite product.");
        }
    }
}

} // namespace nunatak::raster
