// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// A file format that outlines are written to, and what it cannot hold.
struct VectorFormat {
    static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

    std::string name; ///< for sentences, such as "a Shapefile"
    const char* driver = "";
    bool isLongitudeLatitude = false; ///< EPSG:4326 whatever the project's system (RFC 7946)
    bool hasWidths = false;           ///< texts and numbers stand in fields of a fixed width (dBASE)
    /// Bytes of a name, a text and all fields together; number of fields.
    std::size_t longestName = unlimited;
    std::size_t longestText = unlimited;
    std::size_t longestRecord = unlimited;
    std::size_t mostFields = unlimited;
    std::size_t largestFile = unlimited; ///< bytes
    bool hasBooleans = true;
    bool hasWideIntegers = true; ///< of more than 32 bits
    bool hasDates = true;
    bool isReadWithDates = true; ///< readers take texts by ISO 8601 for what they are, where it has no dates
    bool hasDateTimes = true;
    bool hasInfinity = true;
    /// Extensions of files that belong to an older one of that name and would lie about the new one.
    std::vector<std::string> siblings;
};

/// By the extension. Throws Error, with those there are, for another one.
VectorFormat vectorFormatOf(const std::filesystem::path& file);

/// With its dot, in small letters.
std::string lowerExtension(const std::filesystem::path& file);

} // namespace nunatak::exchange
