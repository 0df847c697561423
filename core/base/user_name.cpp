// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/user_name.h"

#include "base/utf8.h"

#include <cstddef>
#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace nunatak {

std::string userName() {
    constexpr std::size_t roomForAnEntry = 16384;
    std::vector<char> buffer(roomForAnEntry);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
        return {};
    }
    // Full name, room, telephones: separated by commas.
    const std::string known = found->pw_gecos == nullptr ? std::string() : found->pw_gecos;
    const std::string full = known.substr(0, known.find(','));
    return asUtf8(full.empty() ? std::string(found->pw_name) : full);
}

} // namespace nunatak
