// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

#include <filesystem>
#include <optional>
#include <string>

namespace nunatak::prediction {

/// What an earlier check found about the weights of this fingerprint; none when there was none, or what is
/// there cannot be read (it is then checked again).
std::optional<models::ReducedPrecisionCheck> rememberedCheck(const std::filesystem::path& userModels,
                                                             const std::string& fingerprint);

/// Keeps it for the next time. A folder that cannot be written is no trouble: the check is made again then.
void rememberCheck(const std::filesystem::path& userModels, const std::string& fingerprint,
                   const models::ReducedPrecisionCheck& check);

} // namespace nunatak::prediction
