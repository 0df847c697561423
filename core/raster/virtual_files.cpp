// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/virtual_files.h"

#include "base/error.h"
#include "raster/gdal_messages.h"
#include "raster/plain_file.h"
#include "raster/raster_reader.h"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

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

namespace {

std::string absolute(const std::string& path) {
    std::error_code none;
    const auto full = std::filesystem::absolute(path, none);
    return none ? path : full.lexically_normal().string();
}

bool exists(const std::string& path) {
    std::error_code none;
    return !path.empty() && std::filesystem::exists(path, none);
}

/// PREFIX:"file":variable, PREFIX:1:file: the part that is a file of this machine is made a full path.
std::string withFullPart(const std::string& text) {
    std::string result;
    std::string part;
    bool quoted = false;
    const auto take = [&] {
        const bool inQuotes = part.size() > 1 && part.front() == '"' && part.back() == '"';
        const std::string plain = inQuotes ? part.substr(1, part.size() - 2) : part;
        result += !exists(plain) ? part : inQuotes ? "\"" + absolute(plain) + "\"" : absolute(plain);
        part.clear();
    };
    for (const char c : text) {
        quoted = quoted != (c == '"');
        if (c == ':' && !quoted) {
            take();
            result += c;
        } else {
            part += c;
        }
    }
    take();
    return result;
}

/// /vsizip/scene.zip/b4.tif: the archive as a full path. Two slashes after the prefix say it is one already.
std::string withFullArchive(const std::string& text) {
    const bool isArchive =
        text.starts_with("/vsizip/") || text.starts_with("/vsitar/") || text.starts_with("/vsigzip/");
    const auto slash = text.find('/', 1);
    if (!isArchive || slash + 1 >= text.size() || text[slash + 1] == '/' || text[slash + 1] == '{') {
        return text;
    }
    for (auto end = text.find('/', slash + 1);; end = text.find('/', end + 1)) {
        const std::string file = text.substr(slash + 1, end == std::string::npos ? end : end - slash - 1);
        std::error_code none;
        if (std::filesystem::is_regular_file(file, none)) {
            return text.substr(0, slash + 1) + absolute(file) +
                   (end == std::string::npos ? std::string() : text.substr(end));
        }
        if (end == std::string::npos) {
            return text;
        }
    }
}

} // namespace

std::string fullRasterPath(const std::string& given) {
    if (given.starts_with("http://") || given.starts_with("https://")) {
        return "/vsicurl/" + given;
    }
    if (given.starts_with("/vsi")) {
        return withFullArchive(given);
    }
    if (exists(given)) {
        return absolute(given);
    }
    const auto colon = given.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return colon != std::string::npos && colon > 1 && given[colon] == ':' ? withFullPart(given) : given;
}

std::string readText(const std::string& path, std::size_t most) {
    throwIfDevice(path);
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
