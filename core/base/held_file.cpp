// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/held_file.h"

#include "base/error.h"

#include <mutex>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <sys/stat.h>

namespace nunatak {

namespace {

using Identity = std::pair<std::uint64_t, std::uint64_t>;

struct Register {
    std::mutex mutex;
    std::multiset<Identity> held; // one as often as it is open
};

Register& held() {
    static Register all;
    return all;
}

std::optional<Identity> identityOf(const std::filesystem::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) {
        return std::nullopt;
    }
    return Identity{found.st_dev, found.st_ino};
}

} // namespace

HeldFile::HeldFile(const std::filesystem::path& file) {
    if (const auto identity = identityOf(file)) {
        const std::lock_guard lock(held().mutex);
        std::tie(m_device, m_inode) = *identity;
        held().held.insert(*identity);
        m_isHeld = true;
    }
}

HeldFile::~HeldFile() {
    if (m_isHeld) {
        const std::lock_guard lock(held().mutex);
        held().held.extract(Identity{m_device, m_inode});
    }
}

bool isHeldHere(const std::filesystem::path& file) {
    const auto identity = identityOf(file);
    const std::lock_guard lock(held().mutex);
    return identity && held().held.contains(*identity);
}

void throwIfHeldHere(const std::filesystem::path& file) {
    if (isHeldHere(file)) {
        throw Error(
            "The file " + file.string() +
            " is the project that is open here. Choose another file; what it holds is in its own layers.");
    }
}

} // namespace nunatak
