// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace nunatak::database {

/// What a file system is called whose files other machines, or servers, may change: "NFS", "SMB" and so on;
/// empty for one of this machine. `type` as statfs(2) says it.
std::string networkFileSystem(std::uint32_t type);

/// The same of the one that a file lies on. Folders that the environment names (NUNATAK_NETWORK_DRIVES, with
/// colons between) count as well: some drives cannot be told.
std::string networkDriveOf(const std::filesystem::path& file);

} // namespace nunatak::database
