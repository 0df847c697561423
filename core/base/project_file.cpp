// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/project_file.h"

#include "base/error.h"
#include "base/file_name.h"
#include "base/held_file.h"
#include "base/letters.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nunatak {

namespace fs = std::filesystem;

namespace {

/// True when a Nunatak holds the project's writer lock (see database::WriterLock).
bool isOpenForWriting(const fs::path& file) {
    const std::string lock = file.string() + ".lock";
    const int descriptor = ::open(lock.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        return false;
    }
    const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return held;
}

/// True when the file names our tables. They are made first, so that it is told soon where they are.
bool namesOurTables(std::ifstream& file) {
    constexpr std::string_view mark = "gpkgext_nunatak_schema";
    constexpr std::size_t step = 1U << 20U;
    std::vector<char> window;
    while (file) {
        const std::size_t kept = std::min(window.size(), mark.size() - 1);
        std::copy(window.end() - static_cast<std::ptrdiff_t>(kept), window.end(), window.begin());
        window.resize(kept + step);
        file.read(window.data() + kept, static_cast<std::streamsize>(step));
        window.resize(kept + static_cast<std::size_t>(file.gcount()));
        if (std::string_view(window.data(), window.size()).find(mark) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

bool isProjectFile(const fs::path& file) {
    std::error_code trouble;
    fs::path target = fs::weakly_canonical(file, trouble);
    if (trouble) {
        target = file;
    }
    if (!fs::is_regular_file(target, trouble)) {
        return false;
    }
    if (isHeldHere(target) || isOpenForWriting(target)) {
        return true;
    }
    constexpr std::string_view sqlite("SQLite format 3\0", 16);
    std::ifstream stream(target, std::ios::binary);
    std::string begin(sqlite.size(), '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return stream && begin == sqlite && namesOurTables(stream);
}

void throwUnlessProjectName(const fs::path& file) {
    if (lowerCase(file.extension().string()) != ".gpkg") {
        throw Error("A project is a GeoPackage, so its name ends in .gpkg: \"" +
                    fs::path(file).replace_extension(".gpkg").string() + "\" instead of \"" + file.string() +
                    "\".");
    }
    throwIfNameTooLong(file);
}

void throwIfProject(const fs::path& file) {
    if (isProjectFile(file)) {
        throw Error("\"" + file.string() +
                    "\" is a Nunatak project, which nothing else replaces. Choose another name.");
    }
}

} // namespace nunatak
