// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scribble/stroke.h"

#include <cstdint>
#include <vector>

namespace nunatak::scribble {

/// Pixels that hang together by their edges and change hands.
struct Piece {
    std::vector<std::uint32_t> pixels; ///< row · columns + column
    bool isMeant = false;              ///< a stroke runs through it
};

/// What strokes change of outlines.
struct Changes {
    std::vector<Piece> comes; ///< ground that becomes ice
    std::vector<Piece> goes;  ///< ice that becomes none
};

/// What the new classes mean for outlines that lie there. Ground comes where a stroke of ice runs through ice
/// that no outline has, all that hangs together; and where the correction made ice of what the model took for
/// none, in pieces of at least `least` pixels. Ground goes the same way. Where model and outlines differ
/// already, and no stroke says anything of it, the outlines stay.
/// @param before, after prediction::Class of each pixel, as the model has it and as it is corrected
/// @param outlined more than 0: ice by the outlines
Changes changesOf(const Image<std::uint8_t>& before, const Image<std::uint8_t>& after,
                  const Image<std::int32_t>& outlined, const std::vector<StrokePixels>& strokes,
                  std::size_t least);

} // namespace nunatak::scribble
