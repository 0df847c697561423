// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/virtual_files.h"

#include "base/error.h"
#include "raster/gdal_messages.h"
#include "raster/raster_reader.h"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <memory>

namespace nunatak::raster {

namespace {

constexpr int mostNames = 100'000;

bool statusOf(const std::string& path, VSIStatBufL& status) {
    initialiseGdal();
    const bool there = VSIStatL(path.c_str(), &status) == 0;
    takeGdalMessage();
    return there;
}

struct FileCloser {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

} // namespace

bool fileExists(const std::string& path) {
    VSIStatBufL status;
    return statusOf(path, status) && !VSI_ISDIR(status.st_mode);
}

bool isFolder(const std::string& path) {
    VSIStatBufL status;
    return statusOf(path, status) && VSI_ISDIR(status.st_mode);
}

bool isHidden(const std::string& name) {
    return name.empty() || name.starts_with('.') || name == "__MACOSX";
}

std::vector<std::string> namesIn(const std::string& folder) {
    initialiseGdal();
    char** list = VSIReadDirEx(folder.c_str(), mostNames + 1);
    takeGdalMessage();
    const std::unique_ptr<char*, void (*)(char**)> owner(list, &CSLDestroy);
    std::vector<std::string> names;
    for (char** name = list; name != nullptr && *name != nullptr; ++name) {
        std::string text = *name;
        while (text.ends_with('/')) {
            text.pop_back();
        }
        if (!isHidden(text)) {
            names.push_back(std::move(text));
        }
        if (names.size() > mostNames) {
            throw Error("\"" + folder + "\" holds more than " + std::to_string(mostNames) +
                        " files; give the product itself.");
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string readText(const std::string& path, std::size_t most) {
    initialiseGdal();
    takeGdalMessage();
    const std::unique_ptr<VSILFILE, FileCloser> file(VSIFOpenL(path.c_str(), "rb"));
    if (!file) {
        takeGdalMessage();
        throw Error("The file \"" + path + "\" does not exist or cannot be opened; check the path.");
    }
    std::string text;
    std::string part(std::size_t(64) << 10, '\0');
    for (;;) {
        const std::size_t count = VSIFReadL(part.data(), 1, part.size(), file.get());
        text.append(part.data(), count);
        if (text.size() > most) {
            throw Error("The file \"" + path + "\" is larger than " + std::to_string(most >> 20) +
                        " MB; no metadata are that long, so it is damaged or another file.");
        }
        if (count < part.size()) {
            break;
        }
    }
    if (gdalFailed()) {
        throw Error("The file \"" + path + "\" cannot be read to its end" + gdalReason() +
                    "; it may be cut off: download it again.");
    }
    return text;
}

} // namespace nunatak::raster
