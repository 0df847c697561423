// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::ui::viewport {

/// How two scenes are looked at together.
struct SceneComparison {
    enum class Mode {
        None,
        Swipe,     ///< the other one to the right of a line
        Flicker,   ///< one after the other in the same place
        SideBySide ///< the other one beside it, from the same place
    };
    Mode mode = Mode::None;
    double swipe = 0.5;      ///< where the line is, as a share of the width
    bool showsOther = false; ///< while flickering
    bool operator==(const SceneComparison&) const = default;
};

} // namespace nunatak::ui::viewport
