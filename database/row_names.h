// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

namespace nunatak::database {

/// Gives each row of a layer a UUID of its own: that in the row, or one that follows from layer, key and
/// geometry where another program left none or copied one. The same rows in the same order always get the
/// same ones, so that a file that is only read says what it will say once it is written.
class RowNames {
public:
    /// `isKnown`: whether the history has an outline of that name.
    RowNames(std::string layer, std::function<bool(const std::string&)> isKnown)
        : m_layer(std::move(layer)), m_isKnown(std::move(isKnown)) {}

    /// True when the row keeps its own: not the one of a row before it, nor one with a number behind it, as
    /// programs write it that split a shape whose names must be unique.
    bool keeps(const std::string& uuid) {
        return !uuid.empty() && !(isNumbered(uuid) && !m_isKnown(uuid)) && m_taken.insert(uuid).second;
    }
    /// A UUID that the row had before; false where another one has it.
    bool gives(const std::string& uuid) { return m_taken.insert(uuid).second; }
    /// A UUID with a number behind it.
    static bool isNumbered(const std::string& text);
    /// For a row that keeps() denied its own.
    std::string make(std::int64_t key, std::span<const std::uint8_t> geometry);

private:
    std::string m_layer;
    std::function<bool(const std::string&)> m_isKnown;
    std::unordered_set<std::string> m_taken;
};

} // namespace nunatak::database
