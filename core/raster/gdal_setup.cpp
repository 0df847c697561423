// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/gdal_messages.h"
#include "raster/raster_reader.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace nunatak::raster {

namespace {

constexpr GIntBig cacheBytes = GIntBig(64) << 20;

struct Messages {
    std::string failure;
    std::string warning;
};

/// GDAL calls its handler on the thread that had the trouble, and the Error is thrown on the same.
Messages& messagesOfThisThread() {
    thread_local Messages messages;
    return messages;
}

/// Without the SQL that some drivers repeat before they say what is wrong, which may be kilobytes.
std::string withoutStatement(const std::string& text) {
    for (const auto& [begin, end] :
         {std::pair{"sqlite3_exec(", ") failed: "}, std::pair{"failed to prepare SQL: ", " - "},
          std::pair{"sqlite3_prepare_v2(", "): "}}) {
        const auto after = text.find(begin) == std::string::npos ? std::string::npos : text.rfind(end);
        if (after != std::string::npos) {
            return text.substr(after + std::string_view(end).size());
        }
    }
    constexpr std::size_t longest = 1000;
    return text.size() <= longest ? text : text.substr(0, longest) + " …";
}

void CPL_STDCALL remember(CPLErr kind, CPLErrorNum, const char* message) {
    Messages& messages = messagesOfThisThread();
    const std::string text = withoutStatement(message);
    if (kind == CE_Failure || kind == CE_Fatal) {
        // The first failure is the cause, those after it are its consequences.
        if (messages.failure.empty()) {
            messages.failure = text;
        }
    } else if (kind == CE_Warning) {
        messages.warning = text;
    }
}

/// Where pictures of map servers are kept between starts: not the folder that the program was started in,
/// where GDAL puts them when it finds no better one.
std::string mapCache() {
    const auto own = std::filesystem::path("nunatak") / "map-pictures";
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != 0) {
        return cache / own;
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != 0) {
        return std::filesystem::path(home) / ".cache" / own;
    }
    std::error_code ignored;
    return std::filesystem::temp_directory_path(ignored) / own;
}

} // namespace

void initialiseGdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetErrorHandler(&remember);
        GDALAllRegister();
        GDALSetCacheMax64(cacheBytes);
        // A server that says nothing any more is given up, unless the user has set it otherwise.
        const std::string cache = mapCache();
        for (const auto& [option, value] :
             {std::pair{"GDAL_HTTP_CONNECTTIMEOUT", "15"}, std::pair{"GDAL_HTTP_LOW_SPEED_TIME", "30"},
              std::pair{"GDAL_HTTP_LOW_SPEED_LIMIT", "1"}, std::pair{"GDAL_HTTP_MAX_RETRY", "2"},
              std::pair{"GDAL_DEFAULT_WMS_CACHE_PATH", cache.c_str()}}) {
            if (CPLGetConfigOption(option, nullptr) == nullptr) {
                CPLSetConfigOption(option, value);
            }
        }
    });
}

std::string takeGdalMessage() {
    Messages messages = std::exchange(messagesOfThisThread(), {});
    std::string text = messages.failure.empty() ? messages.warning : messages.failure;
    for (char& c : text) {
        if (c == '\n' || c == '\r') {
            c = ' ';
        }
    }
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

bool gdalFailed() {
    return !messagesOfThisThread().failure.empty();
}

std::string gdalReason() {
    const std::string message = takeGdalMessage();
    return message.empty() ? std::string() : " (" + message + ")";
}

GdalMessages::GdalMessages() {
    initialiseGdal();
    auto before = std::exchange(messagesOfThisThread(), {});
    m_failureBefore = std::move(before.failure);
    m_warningBefore = std::move(before.warning);
}

GdalMessages::~GdalMessages() {
    messagesOfThisThread() = {std::move(m_failureBefore), std::move(m_warningBefore)};
}

const std::string& GdalMessages::failure() const {
    return messagesOfThisThread().failure;
}

void GdalMessages::clear() {
    messagesOfThisThread() = {};
}

} // namespace nunatak::raster
