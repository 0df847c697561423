// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>

namespace nunatak::database {

/// Gives each row of a layer a UUID of its own: that in the row, or one that follows from layer, key and
/// geometry where another program left none or copied one. The same rows in the same order always get the
/// same ones, so that a file that is only read says what it will say once it is written.
class RowNames {
public:
    explicit RowNames(std::string layer) : m_layer(std::move(layer)) {}

    /// True when the row keeps its own.
    bool keeps(const std::string& uuid) { return !uuid.empty() && m_taken.insert(uuid).second; }
    /// For a row that keeps() denied its own.
    std::string make(std::int64_t key, std::span<const std::uint8_t> geometry);

private:
    std::string m_layer;
    std::unordered_set<std::string> m_taken;
};

} // namespace nunatak::database
