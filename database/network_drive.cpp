// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_drive.h"

#include <array>
#include <cstdlib>
#include <sstream>
#include <utility>

#include <sys/vfs.h>

namespace nunatak::database {

std::string networkFileSystem(std::uint32_t type) {
    // linux/magic.h and statfs(2). Of FUSE it cannot be said what lies behind it: often a network drive.
    static constexpr std::array<std::pair<std::uint32_t, const char*>, 17> known{
        {{0x6969, "NFS"},
         {0x517B, "SMB"},
         {0xFE534D42, "SMB"},
         {0xFF534D42, "SMB"},
         {0x01021997, "9P"},
         {0x65735546, "FUSE"},
         {0x00C36400, "Ceph"},
         {0x5346414F, "AFS"},
         {0x6B414653, "AFS"},
         {0x73757245, "Coda"},
         {0x564C, "NCP"},
         {0x0BD00BD0, "Lustre"},
         {0x47504653, "GPFS"},
         {0x19830326, "BeeGFS"},
         {0x01161970, "GFS2"},
         {0x7461636F, "OCFS2"},
         {0x786F4256, "VirtualBox"}}};
    for (const auto& [magic, name] : known) {
        if (magic == type) {
            return name;
        }
    }
    return {};
}

std::string networkDriveOf(const std::filesystem::path& file) {
    std::error_code trouble;
    const std::string folder =
        std::filesystem::weakly_canonical(std::filesystem::absolute(file).parent_path(), trouble).string();
    if (const char* named = std::getenv("NUNATAK_NETWORK_DRIVES")) {
        std::istringstream all(named);
        for (std::string drive; std::getline(all, drive, ':');) {
            if (!drive.empty() && (folder + "/").starts_with(drive.back() == '/' ? drive : drive + "/")) {
                return "network";
            }
        }
    }
    struct statfs found {};
    return ::statfs(folder.c_str(), &found) == 0 ? networkFileSystem(static_cast<std::uint32_t>(found.f_type))
                                                 : std::string();
}

} // namespace nunatak::database
