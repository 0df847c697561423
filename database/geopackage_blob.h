// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"

#include <cstdint>
#include <optional>
#include <span>

// The GeoPackage standard's binary geometry: a header (spatial reference, envelope) and well-known binary.
namespace nunatak::database {

Bytes toBlob(std::span<const std::uint8_t> wkb, const Box& box, std::int32_t srsId);

/// What a blob's header says, or its coordinates where the header is silent. None when the blob is none of
/// GeoPackage's, or has neither header nor coordinates that can be read.
struct BlobView {
    bool empty = true;
    Box box;
    std::span<const std::uint8_t> wkb;
};
std::optional<BlobView> viewBlob(std::span<const std::uint8_t> blob);

/// False where coordinates of the line itself, whatever the header says, are larger than those of any place
/// on Earth in any unit: the bytes are others than were written.
bool canBeOnEarth(std::span<const std::uint8_t> blob);

} // namespace nunatak::database
