// SPDX-License-Identifier: GPL-3.0-or-later
// How the program knows a file as its own: maker, size, time and for databases the content, kept with it.
#include "base/claim.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include <sys/stat.h>
#include <sys/xattr.h>

namespace nunatak {

namespace {

constexpr const char* attribute = "user.nunatak.made";
constexpr std::string_view sqliteBegin("SQLite format 3\0", 16);
constexpr std::size_t chunkSize = 1U << 20U;

bool statOf(const std::filesystem::path& file, struct stat& found) {
    return ::lstat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode);
}

std::int64_t timeOf(const struct stat& found) {
    return std::int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec;
}

bool isSqlite(std::istream& stream) {
    std::array<char, sqliteBegin.size()> begin{};
    stream.read(begin.data(), begin.size());
    return stream && std::string_view(begin.data(), begin.size()) == sqliteBegin;
}

/// How the sum of a content is worked out: byte by byte as marks of old have it, or in words of eight, which
/// takes an eighth of the time.
enum class Sum { Bytes = 1, Words = 2 };

constexpr std::uint64_t firstSum = 0xcbf29ce484222325ULL; // FNV-1a
constexpr std::uint64_t factor = 0x100000001b3ULL;

std::uint64_t added(std::uint64_t sum, const std::string& chunk, std::size_t count, Sum kind) {
    std::size_t i = 0;
    if (kind == Sum::Words) {
        for (std::uint64_t word = 0; i + sizeof(word) <= count; i += sizeof(word)) {
            std::memcpy(&word, chunk.data() + i, sizeof(word));
            sum = (sum ^ word) * factor;
            sum ^= sum >> 32U; // the upper half of a word would else never reach the lower bits
        }
    }
    for (; i < count; ++i) {
        sum = (sum ^ static_cast<std::uint8_t>(chunk[i])) * factor;
    }
    return sum;
}

/// Of a database's content, without what changes in its header when somebody only looks at it (QGIS opens a
/// GeoPackage in WAL mode and counts that as a change); 0 for other files.
std::uint64_t contentOf(const std::filesystem::path& file, Sum kind) {
    std::ifstream stream(file, std::ios::binary);
    if (!isSqlite(stream)) {
        return 0;
    }
    stream.seekg(0);
    std::uint64_t sum = firstSum;
    std::string chunk(chunkSize, '\0');
    for (bool isFirst = true; stream; isFirst = false) {
        stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        const auto count = static_cast<std::size_t>(stream.gcount());
        if (isFirst) {
            for (const auto& [from, to] :
                 {std::pair<std::size_t, std::size_t>{18, 20}, {24, 28}, {92, 100}}) {
                std::fill(chunk.begin() + static_cast<std::ptrdiff_t>(std::min(from, count)),
                          chunk.begin() + static_cast<std::ptrdiff_t>(std::min(to, count)), '\0');
            }
        }
        sum = added(sum, chunk, count, kind);
    }
    return sum == 0 ? 1 : sum;
}

bool hasUnmergedWork(const std::filesystem::path& database) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(database.string() + "-wal", missing);
    return !missing && size > 0;
}

} // namespace

void markAsOwn(const std::filesystem::path& file, const std::string& maker) {
    struct stat found {};
    if (!statOf(file, found)) {
        return;
    }
    std::ostringstream text;
    text << static_cast<int>(Sum::Words) << ' ' << found.st_size << ' ' << timeOf(found) << ' '
         << contentOf(file, Sum::Words) << ' ' << maker;
    const auto value = text.str();
    // Where this is not possible the next result asks before it replaces the file.
    (void)::lsetxattr(file.c_str(), attribute, value.data(), value.size(), 0);
}

bool isOwn(const std::filesystem::path& file, const std::string& maker) {
    struct stat found {};
    std::array<char, 256> value{};
    if (!statOf(file, found)) {
        return false;
    }
    const auto length = ::lgetxattr(file.c_str(), attribute, value.data(), value.size());
    if (length <= 0) {
        return false;
    }
    std::istringstream text(std::string(value.data(), static_cast<std::size_t>(length)));
    int version = 0;
    std::int64_t size = 0;
    std::int64_t time = 0;
    std::uint64_t content = 0;
    std::string theirs;
    if (!(text >> version >> size >> time >> content) || (version != 1 && version != 2) ||
        !std::getline(text >> std::ws, theirs) || theirs != maker || size != found.st_size ||
        hasUnmergedWork(file)) {
        return false;
    }
    return time == timeOf(found) || (content != 0 && content == contentOf(file, static_cast<Sum>(version)));
}

} // namespace nunatak
