// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/glims.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::exchange {

/// Joins what is one glacier on both sides of ±180° in two features: same id (uuid, RGI or GLIMS id), same
/// date, a common edge there. Says so.
void joinCutPieces(std::vector<Piece>& pieces, const geo::Crs& target, std::vector<std::string>& notes);

/// Two pieces of different layers that lie on each other; none where layers do not overlap.
std::optional<std::pair<std::size_t, std::size_t>> overlapOfLayers(const std::vector<Piece>& pieces);

} // namespace nunatak::exchange
