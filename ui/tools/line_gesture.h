// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/magnet.h"
#include "ui/tools/tool.h"

#include <functional>
#include <optional>

namespace nunatak::ui::tools {

/// A drag that goes on with a line: freehand, thinned to the pixels of the picture; while Shift is held
/// straight. It ends a stretch of the line, not the line.
class LineGesture : public Gesture {
public:
    /// What is shown of the line as it is.
    using Show = std::function<Proposal(const geo::Ring& line)>;

    /// What the magnet holds the end of the stretch to.
    using Hold = std::function<std::optional<Held>(const Place& place)>;

    /// Released, the stretch is added to `line`, which outlives the gesture. `pixel` in metres.
    LineGesture(geo::Ring& line, double pixel, const Place& press, Show show, Hold hold);
    Proposal at(const Place& place) override;
    void passes(const Place& place) override;
    Proposal release(const Place& place) override;

private:
    /// The line with the stretch to this place, or to what holds its end.
    geo::Ring lineTo(const Place& place, const std::optional<Held>& held);

    geo::Ring& m_line;
    double m_pixel;
    Show m_show;
    Hold m_hold;
    geo::Ring m_kept;  ///< of this drag, before a straight piece
    geo::Ring m_drawn; ///< freehand since then
    std::optional<geo::Point> m_straightTo;
};

/// How large a pixel is that a hand can tell from the next (metres): one of the picture, or, seen from afar,
/// of the view.
double pixelUnder(const Place& place, const Scene& scene);

} // namespace nunatak::ui::tools
