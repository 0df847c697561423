// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

// The eight ways a square tile can lie (golden group e).
namespace nunatak::prediction {

/// One of the eight orientations of a square, as where each of its pixels comes from.
struct Orientation {
    bool transposed = false;
    bool rowsFlipped = false;    ///< of the source
    bool columnsFlipped = false; ///< of the source

    bool operator==(const Orientation&) const = default;

    /// The tile laid that way: `size` × `size` pixels from `source` to `target`.
    void apply(const float* source, float* target, int size) const;
    /// Back again.
    void undo(const float* source, float* target, int size) const;
};

/// In the published order: as it is; turned counter-clockwise by 90°, 180°, 270°; left and right swapped; top
/// and bottom swapped; turned by 90° and then left and right swapped; turned by 90° and then top and bottom.
inline constexpr std::array<Orientation, 8> orientations{{
    {false, false, false},
    {true, false, true},
    {false, true, true},
    {true, true, false},
    {false, false, true},
    {false, true, false},
    {true, true, true},
    {true, false, false},
}};

} // namespace nunatak::prediction
